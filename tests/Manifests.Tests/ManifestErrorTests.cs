namespace Waybill.Manifests.Tests;

public sealed class ManifestErrorTests
{
    [Fact]
    public void An_error_names_file_line_column_path_and_what_was_meant()
    {
        var file = ManifestFile.FromText("pipeline.yaml", Yaml.Join(Yaml.Project, Yaml.Warehouse, """
            apiVersion: kargo.akuity.io/v1alpha1
            kind: Stage
            metadata: {name: dev}
            spec:
              requestedFreight:
                - origin: {kind: Warehouse, name: program}
                  sources: {direct: true}
              promotionTemplate:
                spec:
                  steps:
                    - uses: fail
                      cofnig: {}
            """));

        var result = ManifestLoader.Parse([file]);

        var error = Assert.Single(result.Errors);
        Assert.Equal("pipeline.yaml:23:11 spec.promotionTemplate.spec.steps[0].cofnig: unknown field, did you mean config?", error.ToString());
        Assert.Empty(result.Pipelines);
    }

    [Fact]
    public void All_errors_of_all_files_come_together_in_order()
    {
        var files = new[]
        {
            ManifestFile.FromText("b.yaml", Yaml.Join(Yaml.Warehouse, Yaml.Stage("dev", ["nowhere"]))),
            ManifestFile.FromText("a.yaml", Yaml.Join(Yaml.Project, Yaml.Document("Stage", "qa", "colour: red\nvars: 7"))),
        };

        var errors = ManifestLoader.Parse(files).Errors;

        Assert.Equal(
            [
                "a.yaml:9:3 spec: requestedFreight is required",
                "a.yaml:9:3 spec.colour: unknown field",
                "a.yaml:10:9 spec.vars: expected a list, got the number 7",
                "b.yaml:14:26 spec.requestedFreight[0].sources.stages[0]: there is no Stage nowhere in project demo",
            ],
            errors.Select(e => e.ToString()));
    }

    public static TheoryData<string, string> Documents => new()
    {
        { "kind: Stage", "apiVersion is required" },
        { "just text", "expected a mapping, got text" },
        { "apiVersion: kargo.akuity.io/v1alpha1\nkind: Stag\nmetadata: {name: x}", "kind: unknown kind \"Stag\" of \"kargo.akuity.io/v1alpha1\", did you mean Stage?" },
        { "apiVersion: kargo.akuity.io/v1beta1\nkind: Stage", "apiVersion: \"kargo.akuity.io/v1beta1\" has no kind Stage that Waybill knows: write kargo.akuity.io/v1alpha1" },
        { "apiVersion: apps/v1\nkind: Deployment", "kind: unknown kind \"Deployment\" of \"apps/v1\"" },
        { "apiVersion: v1\nkind: 5", "kind: expected text, got the number 5: put it in quotes" },
        { "apiVersion: kargo.akuity.io/v1alpha1\nkind: ClusterPromotionTask", "kind: kind ClusterPromotionTask is not supported: write it as a PromotionTask in each project that uses it" },
        { "apiVersion: v1\nkind: Secret\nmetadata: {name: x}", "kind: kind Secret is not supported: what secret() reads is in Waybill's settings (Secrets__PROJECT__x__KEY); remove the document, and change the secret if it is real" },
        { "apiVersion: v1\nkind: Secret\nmetadata: {name: x, namespace: demo, labels: {kargo.akuity.io/cred-type: generic}}", "kind: kind Secret is not supported: what secret() reads is in Waybill's settings (Secrets__demo__x__KEY); remove the document, and change the secret if it is real" },
        { "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: other}", "metadata.name: there is no Project other: add a document of apiVersion kargo.akuity.io/v1alpha1, kind Project, name other" },
        { "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {replicas: 3}", "data.replicas: expected text, got the number 3: put it in quotes" },
        { "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\nbinaryData: {a: YQ==}", "binaryData: not supported: expressions read text only: write it in data" },
        { "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndate: {a: b}", "date: unknown field, did you mean data?" },
        { "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}", "metadata.name: duplicate ConfigMap x: it already stands at p.yaml:7:18" },
        { "apiVersion: argoproj.io/v1alpha1\nkind: AnalysisRun", "kind: kind AnalysisRun is not supported: Waybill makes these itself; remove the document" },
        { "apiVersion: kargo.akuity.io/v1alpha1\nkind: AnalysisTemplate", "apiVersion: \"kargo.akuity.io/v1alpha1\" has no kind AnalysisTemplate that Waybill knows: write argoproj.io/v1alpha1" },
        { "apiVersion: kargo.akuity.io/v1alpha1\nkind: Project\nmetadata: {name: Bad_Name}", "metadata.name: \"Bad_Name\" is not a name: use lower-case letters, digits, - and ., starting and ending with a letter or digit" },
        { "apiVersion: kargo.akuity.io/v1alpha1\nkind: Project", "metadata is required" },
        { "apiVersion: kargo.akuity.io/v1alpha1\nkind: Project\nmetadata: {name: other, labels: {a: 1}}", "metadata.labels.a: expected text, got the number 1: put it in quotes" },
        { "apiVersion: kargo.akuity.io/v1alpha1\nkind: Project\nmetadata: {name: other, namespace: demo}", "metadata.name: Project other has the namespace demo: a project's namespace has its name" },
        { "apiVersion: kargo.akuity.io/v1alpha1\nkind: Project\nmetadata: {name: demo}", "metadata.name: duplicate Project demo: it already stands at p.yaml:3:18" },
        { "apiVersion: kargo.akuity.io/v1alpha1\nkind: Project\nmetadata: {name: other}\nspec: {promotionPolicies: []}", "spec.promotionPolicies: not supported: Kargo moved it: write it in the spec of a ProjectConfig of the same name" },
        { "apiVersion: kargo.akuity.io/v1alpha1\nkind: PromotionTask\nmetadata: {name: t, namespace: demos}\nspec: {steps: [{uses: fail}]}", "metadata.name: there is no Project demos, did you mean demo?" },
        { "apiVersion: kargo.akuity.io/v1alpha1\nkind: PromotionTask\nmetadata: {name: t, namespace: elsewhere}\nspec: {steps: [{uses: fail}]}", "metadata.name: there is no Project elsewhere: add a document of apiVersion kargo.akuity.io/v1alpha1, kind Project, name elsewhere" },
        { "apiVersion: kargo.akuity.io/v1alpha1\nkind: PromotionTask\nmetadata: {name: t, annotations: {waybill.dev/verification-timeout: 5m}}\nspec: {steps: [{uses: fail}]}", "metadata.annotations[waybill.dev/verification-timeout]: unknown annotation for a PromotionTask" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_bad_document_is_told_so(string document, string expected)
    {
        var errors = Yaml.Load(Yaml.Project, document).Errors;

        Assert.Contains(expected, errors.Select(Yaml.Said));
        Assert.All(errors, e => Assert.True(e.Line > 0));
    }

    public static TheoryData<string, string> WarehouseSpecs => new()
    {
        { "interval: soon\nsubscriptions: [{git: {repoURL: 'https://h/r'}}]", "spec.interval: \"soon\" is not a duration: write one such as 90s, 5m or 1h30m" },
        { "interval: 0s\nsubscriptions: [{git: {repoURL: 'https://h/r'}}]", "spec.interval: must be more than zero" },
        { "subscriptions: []", "spec.subscriptions: must have at least one item" },
        { "freightCreationPolicy: automatic\nsubscriptions: [{git: {repoURL: 'https://h/r'}}]", "spec.freightCreationPolicy: \"automatic\" is none of Automatic, Manual, did you mean Automatic?" },
        { "shard: a\nsubscriptions: [{git: {repoURL: 'https://h/r'}}]", "spec.shard: not supported: remove it: Waybill has no shards" },
        { "subscriptions: [{image: {repoURL: h/i}}]", "spec.subscriptions[0].image: not supported: Waybill watches Git repositories only; subscribe to the repository that the image is built from" },
        { "subscriptions: [{chart: {repoURL: h/i}}]", "spec.subscriptions[0].chart: not supported: Waybill watches Git repositories only; subscribe to the repository that the chart is built from" },
        { "subscriptions: [{got: {}}]", "spec.subscriptions[0].got: unknown field, did you mean git?" },
        { "subscriptions: [{}]", "spec.subscriptions[0]: git is required" },
        { "subscriptions: [{git: {}}]", "spec.subscriptions[0].git: repoURL is required" },
        { "subscriptions: [{git: {repoURL: nothing}}]", "spec.subscriptions[0].git.repoURL: not a repository's URL: write one such as https://github.com/owner/name" },
        { "subscriptions: [{git: {repoURL: 'https://me:hunter2@h/r'}}]", "spec.subscriptions[0].git.repoURL: holds a password: remove it here, change it where it is from, and put the new one in Waybill's settings" },
        { "subscriptions: [{git: {repoURL: 'https://h/r'}}, {git: {repoURL: 'https://H/r.git'}}]", "spec.subscriptions[1]: the same repository is subscribed to above: give each of the subscriptions a name of its own, beside git" },
        { "subscriptions: [{git: {repoURL: 'https://h/r', name: x}}]", "spec.subscriptions[0].git.name: not supported: the subscription's name stands beside git, not in it" },
        { "subscriptions: [{git: {repoURL: 'https://h/r', discoveryLimit: 101}}]", "spec.subscriptions[0].git.discoveryLimit: must be from 1 to 100, got 101" },
        { "subscriptions: [{git: {repoURL: 'https://h/r', branch: refs/heads/main}}]", "spec.subscriptions[0].git.branch: \"refs/heads/main\" is not a branch's name: write it without refs/heads/" },
        { "subscriptions: [{git: {repoURL: 'https://h/r', commitSelectionStrategy: Semver}}]", "spec.subscriptions[0].git.commitSelectionStrategy: \"Semver\" is none of NewestFromBranch, SemVer, Lexical, NewestTag, did you mean SemVer?" },
        { "subscriptions: [{git: {repoURL: 'https://h/r', commitSelectionStrategy: SemVer, semverConstraint: latest}}]", "spec.subscriptions[0].git.semverConstraint: \"latest\" is not a range of semantic versions: write one such as ^1.2, ~1.2.3 or >=1.2, <2" },
        { "subscriptions: [{git: {repoURL: 'https://h/r', commitSelectionStrategy: SemVer, semverConstraint: 1.2}}]", "spec.subscriptions[0].git.semverConstraint: expected text, got the number 1.2: put it in quotes" },
        { "subscriptions: [{git: {repoURL: 'https://h/r', commitSelectionStrategy: Lexical, allowTagsRegexes: ['(']}}]", "spec.subscriptions[0].git.allowTagsRegexes[0]: not a valid regular expression: InsufficientClosingParentheses at character 2" },
        { "subscriptions: [{git: {repoURL: 'https://h/r', includePaths: ['regex:(?=x)']}}]", "spec.subscriptions[0].git.includePaths[0]: not a valid regex: lookarounds, backreferences and very large repetitions are not supported" },
        { "subscriptions: [{git: {repoURL: 'https://h/r', excludePaths: ['glob:src/[']}}]", "spec.subscriptions[0].git.excludePaths[0]: not a valid glob: a '[' is not closed, or empty" },
        { "subscriptions: [{git: {repoURL: 'https://h/r', excludePaths: [../up]}}]", "spec.subscriptions[0].git.excludePaths[0]: paths are relative to the repository's root and stay within it" },
        { "subscriptions: [{git: {repoURL: 'https://h/r', expressionFilter: 'true'}}]", "spec.subscriptions[0].git.expressionFilter: not supported: use allowTagsRegexes, ignoreTagsRegexes or includePaths" },
        { "subscriptions: [{git: {repoURL: 'https://h/r', insecureSkipTLSVerify: true}}]", "spec.subscriptions[0].git.insecureSkipTLSVerify: not supported: Waybill always checks certificates; trust the server's certificate authority instead" },
        { "subscriptions: [{git: {repoURL: 'https://h/r', strictSemvers: 'yes'}}]", "spec.subscriptions[0].git.strictSemvers: expected true or false, got text" },
    };

    [Theory]
    [MemberData(nameof(WarehouseSpecs))]
    public void A_bad_warehouse_is_told_so(string spec, string expected)
    {
        var errors = Yaml.Load(Yaml.Project, Yaml.Document("Warehouse", "program", spec)).Errors;

        Assert.Equal(expected, Assert.Single(errors.Select(Yaml.Said)));
    }

    public static TheoryData<string, string> StageSpecs => new()
    {
        { "requestedFreight: []", "spec.requestedFreight: must have at least one item" },
        { "requestedFreight: [{origin: {kind: Warehouse, name: programm}, sources: {direct: true}}]", "spec.requestedFreight[0].origin.name: there is no Warehouse programm in project demo, did you mean program?" },
        { "requestedFreight: [{origin: {kind: Image, name: program}, sources: {direct: true}}]", "spec.requestedFreight[0].origin.kind: \"Image\" is none of Warehouse" },
        { "requestedFreight: [{origin: {kind: Warehouse, name: program}, sources: {}}]", "spec.requestedFreight[0].sources: freight comes from nowhere: set direct: true or list stages" },
        { "requestedFreight: [{origin: {kind: Warehouse, name: program}}]", "spec.requestedFreight[0]: sources is required" },
        { "requestedFreight: [{origin: {kind: Warehouse, name: program}, sources: {stages: [qa]}}]", "spec.requestedFreight[0].sources.stages[0]: Stage qa feeds itself" },
        { "requestedFreight: [{origin: {kind: Warehouse, name: program}, sources: {stages: [dev, dev]}}]", "spec.requestedFreight[0].sources.stages[1]: Stage dev is listed twice" },
        { "requestedFreight: [{origin: {kind: Warehouse, name: program}, sources: {stages: [deb]}}]", "spec.requestedFreight[0].sources.stages[0]: there is no Stage deb in project demo, did you mean dev?" },
        { "requestedFreight: [{origin: {kind: Warehouse, name: program}, sources: {stages: [dev], requiredSoakTime: 5}}]", "spec.requestedFreight[0].sources.requiredSoakTime: \"5\" is not a duration: write one such as 90s, 5m or 1h30m" },
        { "requestedFreight: [{origin: {kind: Warehouse, name: program}, sources: {stages: [dev], requiredSoakTime: -5m}}]", "spec.requestedFreight[0].sources.requiredSoakTime: must not be negative" },
        { "requestedFreight: [{origin: {kind: Warehouse, name: program}, sources: {stages: [dev], availabilityStrategy: Any}}]", "spec.requestedFreight[0].sources.availabilityStrategy: \"Any\" is none of OneOf, All" },
        { "requestedFreight: [{origin: {kind: Warehouse, name: program}, sources: {direct: true, autoPromotionOptions: {selectionPolicy: MatchUpstream}}}]", "spec.requestedFreight[0].sources: selectionPolicy: MatchUpstream needs exactly one upstream stage, and no direct: true" },
        { "requestedFreight: [{origin: {kind: Warehouse, name: program}, sources: {direct: true}}, {origin: {kind: Warehouse, name: program}, sources: {stages: [dev]}}]", "spec.requestedFreight[1]: freight of Warehouse program is requested twice: merge the sources" },
        { "requestedFreight: [{origin: {kind: Warehouse, name: other}, sources: {stages: [dev]}}]", "spec.requestedFreight[0].sources.stages[0]: Stage dev requests no freight of Warehouse other, so none can come from it" },
        { "requestedFreight: [{origin: {kind: Warehouse, name: program}, sources: {direct: true}}]\nverification: {analysisTemplates: [{name: x}]}", "spec.verification.analysisTemplates[0].name: there is no AnalysisTemplate x in project demo" },
        { "requestedFreight: [{origin: {kind: Warehouse, name: program}, sources: {direct: true}}]\nvars: [{name: 1a, value: x}]", "spec.vars[0].name: \"1a\" is not a variable's name: use letters, digits and _, not starting with a digit" },
        { "requestedFreight: [{origin: {kind: Warehouse, name: program}, sources: {direct: true}}]\nvars: [{name: a, value: x}, {name: a, value: y}]", "spec.vars[1]: duplicate variable a" },
        { "requestedFreight: [{origin: {kind: Warehouse, name: program}, sources: {direct: true}}]\nvars: [{name: a, value: 5}]", "spec.vars[0].value: expected text, got the number 5: put it in quotes" },
        { "requestedFreight: [{origin: {kind: Warehouse, name: program}, sources: {direct: true}}]\nvars: [{name: a, value: '${{ 1 + }}'}]", "spec.vars[0].value: not a valid expression" },
        { "requestedFreight: [{origin: {kind: Warehouse, name: program}, sources: {direct: true}}]\npromotionTemplate: {}", "spec.promotionTemplate: spec is required" },
    };

    [Theory]
    [MemberData(nameof(StageSpecs))]
    public void A_bad_stage_is_told_so(string spec, string expected)
    {
        var other = Yaml.Document("Warehouse", "other", "subscriptions: [{git: {repoURL: 'https://h/o'}}]");

        var errors = Yaml.Errors(other, Yaml.Stage("dev"), Yaml.Document("Stage", "qa", spec));

        Assert.StartsWith(expected, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Stages_that_feed_each_other_are_named_in_a_circle_once()
    {
        var errors = Yaml.Errors(Yaml.Stage("a", ["c"]), Yaml.Stage("b", ["a"]), Yaml.Stage("c", ["b"]), Yaml.Stage("d", ["c"]));

        Assert.Equal("spec.requestedFreight[0].sources.stages[0]: stages feed each other in a circle: a -> b -> c -> a", Assert.Single(errors));
    }

    [Fact]
    public void Documents_need_a_namespace_where_there_are_two_projects()
    {
        var errors = Yaml.Load(Yaml.Project, Yaml.Project.Replace("demo", "second", StringComparison.Ordinal), Yaml.Warehouse).Errors;

        Assert.Equal("metadata.name: metadata.namespace is required where there are several projects: demo, second", Assert.Single(errors.Select(Yaml.Said)));
    }

    [Fact]
    public void A_folder_without_a_project_says_how_to_write_one()
    {
        var errors = Yaml.Load(Yaml.Warehouse).Errors;

        Assert.Equal(
            "metadata.name: no Project: add a document of apiVersion kargo.akuity.io/v1alpha1, kind Project, and its name here as metadata.namespace",
            Assert.Single(errors.Select(Yaml.Said)));
    }

    [Fact]
    public void What_a_broken_file_declares_is_not_reported_missing()
    {
        var files = new[]
        {
            ManifestFile.FromText("good.yaml", Yaml.Join(Yaml.Project, Yaml.Stage("dev", ["test"]))),
            ManifestFile.FromText("broken.yaml", "a: b: c"),
        };

        var error = Assert.Single(ManifestLoader.Parse(files).Errors);

        Assert.StartsWith("broken.yaml:1:", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("not valid YAML", error.Message, StringComparison.Ordinal);
    }
}
