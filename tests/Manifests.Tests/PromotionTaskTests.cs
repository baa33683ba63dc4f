using Waybill.Domain.Pipelines;

namespace Waybill.Manifests.Tests;

public sealed class PromotionTaskTests
{
    private static readonly string Task = Yaml.Document("PromotionTask", "deploy", """
        vars:
          - name: host
            value: example.com
          - name: url
            value: https://${{ vars.host }}/x
          - name: stack
        steps:
          - uses: http
            as: call
            config: {url: '${{ vars.url }}'}
          - uses: compose-output
            vars: [{name: own, value: "1"}]
            config: {stack: '${{ vars.stack }}'}
        """);

    [Fact]
    public void A_task_is_inlined_where_it_is_referred_to()
    {
        var pipeline = Yaml.Pipeline(Task, Yaml.StageWithSteps("""
            - uses: fail
            - task: {name: deploy}
              vars: [{name: stack, value: one}]
            - task: {name: deploy}
              as: again
              vars: [{name: stack, value: two}]
            """));

        var steps = pipeline.Stages[0].Steps;
        Assert.Equal(["step-1", "task-2::call", "task-2::step-2", "again::call", "again::step-2"], steps.Select(s => s.As));
        Assert.Equal([null, "task-2", "task-2", "again", "again"], steps.Select(s => s.Task));
        Assert.Equal(["fail", "http", "compose-output", "http", "compose-output"], steps.Select(s => s.Uses));
        Assert.NotSame(steps[1].Config, steps[3].Config);
    }

    [Fact]
    public void A_default_made_of_another_variable_sees_what_the_reference_sets()
    {
        var pipeline = Yaml.Pipeline(Task, Yaml.StageWithSteps("""
            - task: {name: deploy}
              vars: [{name: host, value: acme.org}, {name: stack, value: one}]
            """));

        var steps = pipeline.Stages[0].Steps;
        Assert.Equal([new Variable("host", "acme.org"), new("stack", "one"), new("url", "https://${{ vars.host }}/x")], steps[0].Vars);
        Assert.Equal(new Variable("own", "1"), steps[1].Vars[^1]);
    }

    [Fact]
    public void A_variable_of_the_stage_gives_a_task_what_it_needs()
    {
        var stage = Yaml.Stage("dev", template: """
            vars: [{name: stack, value: mine}]
            promotionTemplate:
              spec:
                vars: [{name: host, value: staged.org}]
                steps: [{task: {name: deploy}}]
            """);

        var pipeline = Yaml.Pipeline(Task, stage);

        Assert.Equal([new Variable("stack", "mine"), new("host", "staged.org")], pipeline.Stages[0].Vars);
        Assert.Equal([new Variable("url", "https://${{ vars.host }}/x")], pipeline.Stages[0].Steps[0].Vars);
    }

    [Fact]
    public void A_variable_that_the_task_does_not_declare_is_pointed_out()
    {
        var result = Yaml.Load(Yaml.Project, Yaml.Warehouse, Task, Yaml.StageWithSteps("""
            - task: {name: deploy}
              vars: [{name: stack, value: one}, {name: hots, value: x}]
            """));

        Assert.True(result.Succeeded);
        Assert.Equal("PromotionTask deploy declares no variable hots, did you mean host?", Assert.Single(result.Notices).Message);
    }
}
