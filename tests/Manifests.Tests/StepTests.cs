namespace Waybill.Manifests.Tests;

public sealed class StepTests
{
    private const string At = "spec.promotionTemplate.spec.steps[0]";

    public static TheoryData<string, string> BadSteps => new()
    {
        { "- {}", $"{At}: exactly one of uses and task is required" },
        { "- {uses: fail, task: {name: given}}", $"{At}: exactly one of uses and task is required" },
        { "- {uses: pulumi-stack-updat}", $"{At}.uses: unknown step \"pulumi-stack-updat\", did you mean pulumi-stack-update?" },
        { "- {uses: helm-template}", $"{At}.uses: step helm-template is not supported: its tool can't run where Waybill runs: have the repository's CI render the chart, or let Argo CD render it, and set its values with yaml-update" },
        { "- {uses: helm-update-chart}", $"{At}.uses: step helm-update-chart is not supported: set the version in Chart.yaml with yaml-update" },
        { "- {uses: kustomize-build}", $"{At}.uses: step kustomize-build is not supported: its tool can't run where Waybill runs" },
        { "- {uses: kustomize-set-image}", $"{At}.uses: step kustomize-set-image is not supported: set the tag in kustomization.yaml with yaml-update" },
        { "- {uses: oci-push}", $"{At}.uses: step oci-push is not supported: Waybill moves Git commits, no artifacts of registries" },
        { "- {uses: untar}", $"{At}.uses: step untar is not supported: Waybill's files are those of Git repositories" },
        { "- {uses: http-download}", $"{At}.uses: step http-download is not supported: read the answer with http and write it with file-write" },
        { "- {uses: tf-apply}", $"{At}.uses: step tf-apply is not supported: use pulumi-stack-update" },
        { "- {uses: hcl-update}", $"{At}.uses: step hcl-update is not supported: Waybill edits YAML, JSON and TOML" },
        { "- {uses: snow-create}", $"{At}.uses: step snow-create is not supported: use http, which can call that service's API" },
        { "- {uses: yaml-update, config: {updates: [{key: a, value: b}]}}", $"{At}.config: path is required" },
        { "- {uses: yaml-update, config: {path: p, updates: []}}", $"{At}.config.updates: must have at least one item" },
        { "- {uses: json-update, config: {path: p, updates: [{key: a}]}}", $"{At}.config.updates[0]: value is required" },
        { "- {uses: toml-update, config: {path: p, updates: [{key: 1, value: 1}]}}", $"{At}.config.updates[0].key: expected text, got the number 1: put it in quotes" },
        { "- {uses: yaml-parse, config: {path: p, outputs: [{name: a, fromExpression: 'a.'}]}}", $"{At}.config.outputs[0].fromExpression: not a valid expression" },
        { "- {uses: json-parse, config: {path: p}}", $"{At}.config: outputs is required" },
        { "- {uses: yaml-merge, config: {inFiles: [a], ignoreMissingFile: true, outFile: b}}", $"{At}.config.ignoreMissingFile: unknown field, did you mean ignoreMissingFiles?" },
        { "- {uses: get-user-input}", $"{At}.uses: step get-user-input is not supported: use wait-for-approval, or leave auto-promotion off for the stage" },
        { "- {uses: delete, config: {}}", $"{At}.config: exactly one of path and paths is required" },
        { "- {uses: delete, config: {path: a, paths: [b]}}", $"{At}.config: exactly one of path and paths is required" },
        { "- {uses: git-clone, config: {checkout: [{path: a}]}}", $"{At}.config: repoURL is required" },
        { "- {uses: git-clone, config: {repoURL: r, checkout: []}}", $"{At}.config.checkout: must have at least one item" },
        { "- {uses: git-clone, config: {repoURL: r, checkout: [{branch: b}]}}", $"{At}.config.checkout[0]: path is required" },
        { "- {uses: git-clone, config: {repoURL: r, checkout: [{path: p, branch: b, tag: t}]}}", $"{At}.config.checkout[0]: branch and tag exclude each other: a checkout is of one" },
        { "- {uses: git-clone, config: {repoURL: r, checkout: [{path: p}], author: {name: n, email: e, signingKey: k}}}", $"{At}.config.author.signingKey: not supported: Waybill holds no signing keys: leave out author, and GitHub signs what its App commits" },
        { "- {uses: git-commit, config: {path: p}}", $"{At}.config: message is required" },
        { "- {uses: git-push, config: {path: p, targetBranch: b, tag: t}}", $"{At}.config: targetBranch and tag exclude each other: a push is of one" },
        { "- {uses: git-push, config: {path: p, provider: gitlab}}", $"{At}.config.provider: not supported: Waybill works on repositories of GitHub; others are for Kargo" },
        { "- {uses: git-wait-for-pr, config: {repoURL: r, prNumber: 0}}", $"{At}.config.prNumber: must be at least 1, got 0" },
        { "- {uses: git-merge-pr, config: {repoURL: r, prNumber: 1, mergeMethod: fast}}", $"{At}.config.mergeMethod: \"fast\" is none of merge, squash, rebase" },
        { "- {uses: github-push}", $"{At}.uses: step github-push is not supported: use git-push, whose commits GitHub signs where Waybill is a GitHub App" },
        { "- {uses: fail, as: step-3}", $"{At}.as: step-3 is reserved for steps without an alias" },
        { "- {uses: fail, as: 'a::b'}", $"{At}.as: :: separates a task's alias from its step's" },
        { "- {uses: fail, if: 'outputs.'}", $"{At}.if: not a valid expression" },
        { "- {uses: fail, if: '${{ always( }}'}", $"{At}.if: not a valid expression" },
        { "- {uses: fail, retry: {errorThreshold: -1}}", $"{At}.retry.errorThreshold: must be from 0 to 1000, got -1" },
        { "- {uses: fail, retry: {timeout: forever}}", $"{At}.retry.timeout: \"forever\" is not a duration: write one such as 90s, 5m or 1h30m" },
        { "- {uses: fail, continueOnError: maybe}", $"{At}.continueOnError: expected true or false, got text" },
        { "- {uses: fail, config: {mesage: x}}", $"{At}.config.mesage: unknown field, did you mean message?" },
        { "- {uses: fail, config: [x]}", $"{At}.config: expected a mapping, got a list" },
        { "- {uses: fail, config: {message: '${{ }}'}}", $"{At}.config.message: not a valid expression" },
        { "- {task: {name: nowhere}}", $"{At}.task: there is no PromotionTask nowhere in project demo" },
        { "- {task: {name: t, kind: ClusterPromotionTask}}", $"{At}.task.kind: not supported: write it as a PromotionTask in each project that uses it" },
        { "- {task: {name: given}, if: 'true'}", $"{At}.if: not supported: a reference to a task has none of its own; write it in the task's steps" },
        { "- {task: {name: given}, config: {a: b}}", $"{At}.config: not supported: a reference to a task has none of its own; write it in the task's steps" },
        { "- {task: {name: needy}}", $"{At}.task: PromotionTask needy needs a value for the variable stack: set it in vars beside task" },
        { "- {uses: pulumi-stack-update, config: {commit: abc}}", $"{At}.config: stacks is required (or namespace and name for a single Stack)" },
        { "- {uses: pulumi-stack-update, config: {namespace: n, name: s}}", $"{At}.config: commit is required" },
        { "- {uses: pulumi-stack-update, config: {commit: abc, name: s}}", $"{At}.config: a Stack needs namespace and name" },
        { "- {uses: pulumi-stack-update, config: {commit: abc, stacks: []}}", $"{At}.config.stacks: must have at least one item" },
        { "- {uses: pulumi-stack-update, config: {commit: abc, stacks: [{name: s}]}}", $"{At}.config.stacks[0]: namespace is required" },
        { "- {uses: pulumi-stack-update, config: {commit: abc, stacks: [{name: s, namespace: n}], name: s}}", $"{At}.config: stacks and name exclude each other" },
        { "- {uses: pulumi-stack-update, config: {commit: 12345, stacks: [{name: s, namespace: n}]}}", $"{At}.config.commit: expected text, got the number 12345: put it in quotes" },
        { "- {uses: pulumi-stack-update, config: {commit: abc, preview: yes, stacks: [{name: s, namespace: n}]}}", $"{At}.config.preview: expected true or false, got text" },
        { "- {uses: pulumi-stack-update, config: {commit: abc, timeout: 0s, stacks: [{name: s, namespace: n}]}}", $"{At}.config.timeout: must be more than zero" },
        { "- {uses: wait-for-approval, config: {minApprovals: 0}}", $"{At}.config.minApprovals: must be at least 1, got 0" },
        { "- {uses: wait-for-approval, config: {onTimeout: aprove}}", $"{At}.config.onTimeout: \"aprove\" is none of fail, abort, approve, did you mean approve?" },
        { "- {uses: wait-for-approval, config: {approvers: [{claim: email}]}}", $"{At}.config.approvers[0]: an approver is either claim and value, or role" },
        { "- {uses: wait-for-approval, config: {approvers: [{claim: email, value: a, role: b}]}}", $"{At}.config.approvers[0]: an approver is either claim and value, or role" },
        { "- {uses: compose-output}", $"{At}.config: must have at least one field" },
        { "- {uses: set-metadata}", $"{At}.config: updates is required" },
        { "- {uses: set-metadata, config: {updates: [{kind: Frieght, name: a, values: {b: c}}]}}", $"{At}.config.updates[0].kind: \"Frieght\" is none of Freight, Stage, did you mean Freight?" },
        { "- {uses: set-metadata, config: {updates: [{kind: Stage, name: a, values: {}}]}}", $"{At}.config.updates[0].values: must have at least one field" },
        { "- {uses: http}", $"{At}.config: url is required" },
        { "- {uses: http, config: {url: 'https://h', method: get}}", $"{At}.config.method: \"get\" is none of DELETE, GET, HEAD, PATCH, POST, PUT, did you mean GET?" },
        { "- {uses: http, config: {url: 'https://h', bodyFromFile: x}}", $"{At}.config.bodyFromFile: not supported: use body, with what yaml-parse or json-parse read from the file" },
        { "- {uses: http, config: {url: 'https://h', successExpression: 'response.status =='}}", $"{At}.config.successExpression: not a valid expression" },
        { "- {uses: http, config: {url: 'https://h', outputs: [{name: a}]}}", $"{At}.config.outputs[0]: fromExpression is required" },
    };

    [Theory]
    [MemberData(nameof(BadSteps))]
    public void A_bad_step_is_told_so(string steps, string expected)
    {
        var given = Yaml.Document("PromotionTask", "given", "steps: [{uses: fail}]");
        var needy = Yaml.Document("PromotionTask", "needy", "vars: [{name: stack}]\nsteps: [{uses: fail}]");

        var errors = Yaml.Errors(given, needy, Yaml.StageWithSteps(steps));

        Assert.StartsWith(expected, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void What_makes_no_sense_without_a_clone_is_a_notice()
    {
        var result = ManifestLoader.Parse([ManifestFile.FromText("p.yaml", Yaml.Join(Yaml.Project, Yaml.Warehouse, Yaml.StageWithSteps("""
            - uses: git-clone
              config:
                repoURL: https://github.com/acme/manifests
                blobless: true
                recurseSubmodules: ${{ true }}
                insecureSkipTLSVerify: false
                checkout: [{path: m, sparse: [a]}]
            """)))]);

        Assert.Empty(result.Errors);
        Assert.Equal(
            ["blobless", "checkout[0].sparse", "insecureSkipTLSVerify", "recurseSubmodules"],
            result.Notices.Select(n => n.Path[(n.Path.IndexOf("config.", StringComparison.Ordinal) + 7)..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_schema_of_ones_own_decides_what_a_step_may_say()
    {
        var steps = new Dictionary<string, Manifests.Steps.StepSchema>();

        var result = ManifestLoader.Parse(
            [ManifestFile.FromText("p.yaml", Yaml.Join(Yaml.Project, Yaml.Warehouse, Yaml.StageWithSteps("- uses: fail")))], steps);

        Assert.Equal("unknown step \"fail\"", Assert.Single(result.Errors).Message);
    }

    [Fact]
    public void Aliases_are_unique()
    {
        var errors = Yaml.Errors(Yaml.StageWithSteps("- {uses: fail, as: a}\n- {uses: fail, as: a}"));

        Assert.Equal("spec.promotionTemplate.spec.steps[1]: duplicate alias a: the step in line 22 has it already", Assert.Single(errors));
    }

    [Fact]
    public void A_tasks_step_cannot_refer_to_a_task()
    {
        var errors = Yaml.Errors(Yaml.Document("PromotionTask", "t", "steps: [{task: {name: t}}]"));

        Assert.Equal("spec.steps[0]: uses is required: a task's step cannot refer to another task", Assert.Single(errors));
    }

    [Fact]
    public void Values_that_are_expressions_may_become_of_any_type()
    {
        var pipeline = Yaml.Pipeline(Yaml.StageWithSteps("""
            - uses: pulumi-stack-update
              config:
                stacks: ${{ vars.stacks }}
                commit: ${{ commitFrom("https://github.com/acme/program").ID }}
                preview: ${{ ctx.stage == "dev" }}
                timeout: ${{ vars.timeout }}
            """));

        Assert.Equal("${{ vars.stacks }}", (string?)pipeline.Stages[0].Steps[0].Config["stacks"]);
    }

    [Fact]
    public void A_step_is_read_with_all_it_says()
    {
        var pipeline = Yaml.Pipeline(Yaml.StageWithSteps("""
            - uses: compose-output
              config: {a: 1, b: 1.5, c: true, d: null, e: "5", f: [x, {g: 0755}], h: 1e3}
            - uses: fail
              as: stop
              if: ${{ failure() }}
              continueOnError: true
              retry: {timeout: 5m, errorThreshold: 3}
              vars: [{name: why, value: because}]
            """));

        var steps = pipeline.Stages[0].Steps;
        Assert.Equal(["step-1", "stop"], steps.Select(s => s.As));
        Assert.Equal("""{"a":1,"b":1.5,"c":true,"d":null,"e":"5","f":["x",{"g":"0755"}],"h":1000}""", steps[0].Config.ToJsonString());
        Assert.Equal("${{ failure() }}", steps[1].If);
        Assert.True(steps[1].ContinueOnError);
        Assert.Equal(new(TimeSpan.FromMinutes(5), 3), steps[1].Retry);
        Assert.Equal([new("why", "because")], steps[1].Vars);
        Assert.Null(steps[1].Task);
    }
}
