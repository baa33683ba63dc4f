namespace Waybill.Manifests.Tests;

public sealed class PromotionPolicyTests
{
    public static TheoryData<string, bool> Selectors => new()
    {
        { "{stage: qa-eu, autoPromotionEnabled: true}", true },
        { "{stage: qa, autoPromotionEnabled: true}", false },
        { "{stageSelector: {name: qa-eu}, autoPromotionEnabled: true}", true },
        { "{stageSelector: {name: qa-eu}}", false },
        { "{stageSelector: {name: 'glob:qa-*'}, autoPromotionEnabled: true}", true },
        { "{stageSelector: {name: 'glob:{dev,qa}-{eu,us}'}, autoPromotionEnabled: true}", true },
        { "{stageSelector: {name: 'glob:qa'}, autoPromotionEnabled: true}", false },
        { "{stageSelector: {name: 'regex:^qa'}, autoPromotionEnabled: true}", true },
        { "{stageSelector: {name: 'regexp:u$'}, autoPromotionEnabled: true}", true },
        { "{stageSelector: {name: 'regex:^q$'}, autoPromotionEnabled: true}", false },
        { "{stageSelector: {matchLabels: {tier: test}}, autoPromotionEnabled: true}", true },
        { "{stageSelector: {matchLabels: {tier: prod}}, autoPromotionEnabled: true}", false },
        { "{stageSelector: {name: 'glob:qa-*', matchLabels: {tier: prod}}, autoPromotionEnabled: true}", false },
        { "{stageSelector: {matchExpressions: [{key: tier, operator: In, values: [a, test]}]}, autoPromotionEnabled: true}", true },
        { "{stageSelector: {matchExpressions: [{key: tier, operator: NotIn, values: [test]}]}, autoPromotionEnabled: true}", false },
        { "{stageSelector: {matchExpressions: [{key: none, operator: NotIn, values: [test]}]}, autoPromotionEnabled: true}", true },
        { "{stageSelector: {matchExpressions: [{key: tier, operator: Exists}]}, autoPromotionEnabled: true}", true },
        { "{stageSelector: {matchExpressions: [{key: tier, operator: DoesNotExist}]}, autoPromotionEnabled: true}", false },
        { "{stageSelector: {name: 'glob:*'}}, {stageSelector: {name: qa-eu}, autoPromotionEnabled: true}", false },
        { "{stageSelector: {name: qa-eu}, autoPromotionEnabled: true}, {stageSelector: {name: 'glob:*'}}", true },
    };

    [Theory]
    [MemberData(nameof(Selectors))]
    public void The_first_policy_that_selects_a_stage_decides(string policies, bool expected)
    {
        var stage = Yaml.Stage("qa-eu").Replace("{name: qa-eu}", "{name: qa-eu, labels: {tier: test}}", StringComparison.Ordinal);

        var pipeline = Yaml.Pipeline(stage, Config(policies));

        Assert.Equal(expected, pipeline.FindStage("qa-eu")!.AutoPromotionEnabled);
    }

    public static TheoryData<string, string> BadPolicies => new()
    {
        { "{autoPromotionEnabled: true}", "spec.promotionPolicies[0]: exactly one of stageSelector and stage (its older form) is required" },
        { "{stage: a, stageSelector: {name: a}}", "spec.promotionPolicies[0]: exactly one of stageSelector and stage (its older form) is required" },
        { "{stageSelector: {}}", "spec.promotionPolicies[0].stageSelector: selects by neither name nor labels: write name: glob:* if every stage is meant" },
        { "{stageSelector: {name: 'grob:*'}}", "spec.promotionPolicies[0].stageSelector.name: \"grob:*\" is not a name" },
        { "{stageSelector: {name: 'regex:['}}", "spec.promotionPolicies[0].stageSelector.name: not a valid regex" },
        { "{stageSelector: {name: 'glob:{a'}}", "spec.promotionPolicies[0].stageSelector.name: not a valid glob: a '{' is not closed" },
        { "{stageSelector: {matchExpressions: [{key: a, operator: Is, values: [b]}]}}", "spec.promotionPolicies[0].stageSelector.matchExpressions[0].operator: \"Is\" is none of In, NotIn, Exists, DoesNotExist, did you mean In?" },
        { "{stageSelector: {matchExpressions: [{key: a, operator: In}]}}", "spec.promotionPolicies[0].stageSelector.matchExpressions[0]: In needs values" },
        { "{stageSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}}", "spec.promotionPolicies[0].stageSelector.matchExpressions[0]: Exists takes no values" },
        { "{stage: qa-eu}, {stageSelector: {name: qa-eu}}", "spec.promotionPolicies[1].stageSelector.name: a policy for Stage qa-eu already stands at" },
        { "{stage: qa-eu, autoRollback: {}}", "spec.promotionPolicies[0].autoRollback: not supported: this version of Waybill does not roll back by itself: promote the older freight" },
    };

    [Theory]
    [MemberData(nameof(BadPolicies))]
    public void A_bad_policy_is_told_so(string policies, string expected)
    {
        var errors = Yaml.Errors(Yaml.Stage("qa-eu"), Config(policies));

        Assert.StartsWith(expected, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_for_a_stage_that_is_not_there_is_pointed_out()
    {
        var result = Yaml.Load(Yaml.Project, Yaml.Warehouse, Yaml.Stage("staging"), Config("{stageSelector: {name: stagin}}"));

        Assert.True(result.Succeeded);
        Assert.Equal("there is no Stage stagin in project demo, did you mean staging?", Assert.Single(result.Notices).Message);
    }

    [Fact]
    public void What_Kargos_config_has_besides_policies_is_refused_by_name()
    {
        var config = Yaml.Document("ProjectConfig", "demo", "webhookReceivers: []\nfreightLinks: []\nstageLinks: []\npromotionWindows: []");

        var errors = Yaml.Errors(config);

        Assert.Equal(4, errors.Count);
        Assert.All(errors, e => Assert.Contains(": not supported: ", e, StringComparison.Ordinal));
    }

    private static string Config(string policies) => Yaml.Document("ProjectConfig", "demo", $"promotionPolicies: [{policies}]");
}
