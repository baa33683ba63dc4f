using Waybill.Domain.Pipelines;

namespace Waybill.Manifests.Tests;

public sealed class PipelineTests
{
    [Fact]
    public void A_warehouse_is_read_with_all_it_says()
    {
        var other = Yaml.Document("Warehouse", "tags", """
            interval: 1h30m
            freightCreationPolicy: Manual
            subscriptions:
              - name: app
                git:
                  repoURL: git@github.com:acme/app.git
                  commitSelectionStrategy: SemVer
                  semverConstraint: ">=1.2, <3 || ~>4.1, !=4.1.5"
                  strictSemvers: false
                  allowTags: ^v
                  allowTagsRegexes: ["(?P<major>[0-9]+)"]
                  ignoreTags: [v1.0.0+x]
                  ignoreTagsRegexes: [rc]
                  includePaths: [./src, "glob:**/*.{ts,go}", "regex:^infra/", "regexp:x"]
                  excludePaths: [docs]
                  discoveryLimit: 50
            """);

        var pipeline = Yaml.Pipeline(other);

        var warehouse = pipeline.FindWarehouse("tags")!;
        Assert.Equal(TimeSpan.FromMinutes(90), warehouse.Interval);
        Assert.Equal(FreightCreationPolicy.Manual, warehouse.FreightCreationPolicy);
        var subscription = Assert.Single(warehouse.Subscriptions);
        Assert.Equal("app", subscription.Name);
        Assert.Equal("git@github.com:acme/app.git", subscription.RepoUrl);
        Assert.Equal(CommitSelectionStrategy.SemVer, subscription.Strategy);
        Assert.Equal(">=1.2, <3 || ~>4.1, !=4.1.5", subscription.SemverConstraint);
        Assert.False(subscription.StrictSemvers);
        Assert.Equal(["^v", "(?P<major>[0-9]+)"], subscription.AllowTagsRegexes);
        Assert.Equal([@"^v1\.0\.0\+x$", "rc"], subscription.IgnoreTagsRegexes);
        Assert.Equal(["src", "glob:**/*.{ts,go}", "regex:^infra/", "regex:x"], subscription.IncludePaths.Select(p => p.ToString()));
        Assert.Equal(["docs"], subscription.ExcludePaths.Select(p => p.ToString()));
        Assert.Equal(50, subscription.DiscoveryLimit);
    }

    [Fact]
    public void A_warehouse_that_says_little_has_Kargos_defaults()
    {
        var warehouse = Assert.Single(Yaml.Pipeline().Warehouses);

        Assert.Equal(TimeSpan.FromMinutes(5), warehouse.Interval);
        Assert.Equal(FreightCreationPolicy.Automatic, warehouse.FreightCreationPolicy);
        var expected = new GitSubscription { RepoUrl = "https://github.com/acme/program" };
        Assert.Equivalent(expected, Assert.Single(warehouse.Subscriptions));
    }

    [Fact]
    public void A_stage_is_read_with_all_it_says()
    {
        var stage = """
            apiVersion: kargo.akuity.io/v1alpha1
            kind: Stage
            metadata:
              name: prod
              namespace: demo
              labels: {tier: prod}
              annotations: {kargo.akuity.io/color: red, waybill.dev/verification-timeout: 20m}
            spec:
              vars: [{name: a, value: "1"}]
              requestedFreight:
                - origin: {kind: Warehouse, name: program}
                  sources:
                    stages: [qa]
                    requiredSoakTime: 1h
                    availabilityStrategy: All
                    autoPromotionOptions: {selectionPolicy: MatchUpstream}
            """;

        var read = Yaml.Pipeline(stage, Yaml.Stage("qa")).FindStage("prod")!;

        Assert.Equal("prod", read.Labels["tier"]);
        Assert.Equal("red", read.Annotations["kargo.akuity.io/color"]);
        Assert.Equal(TimeSpan.FromMinutes(20), read.VerificationTimeout);
        Assert.Equal([new("a", "1")], read.Vars);
        Assert.True(read.IsControlFlow);
        Assert.False(read.AutoPromotionEnabled);
        var sources = read.RequestFor("program")!.Sources;
        Assert.False(sources.Direct);
        Assert.Equal(["qa"], sources.Stages);
        Assert.Equal(TimeSpan.FromHours(1), sources.RequiredSoakTime);
        Assert.Equal(AvailabilityStrategy.All, sources.AvailabilityStrategy);
        Assert.Equal(SelectionPolicy.MatchUpstream, sources.SelectionPolicy);
    }

    [Fact]
    public void Stages_come_upstream_first_and_otherwise_as_written()
    {
        var pipeline = Yaml.Pipeline(
            Yaml.Stage("prod", ["eu", "us"]), Yaml.Stage("us", ["dev"]), Yaml.Stage("eu", ["dev"]), Yaml.Stage("other"), Yaml.Stage("dev"));

        Assert.Equal(["other", "dev", "us", "eu", "prod"], pipeline.Stages.Select(s => s.Name));
    }

    [Fact]
    public void A_long_chain_of_stages_is_ordered()
    {
        const int Length = 900;
        var stages = Enumerable.Range(1, Length - 1).Select(i => Yaml.Stage($"s{i}", [$"s{i - 1}"])).Reverse();

        var pipeline = Yaml.Pipeline([.. stages, Yaml.Stage("s0")]);

        Assert.Equal(Enumerable.Range(0, Length).Select(i => $"s{i}"), pipeline.Stages.Select(s => s.Name));
    }

    [Fact]
    public void A_folder_may_hold_several_projects()
    {
        static string In(string project, string text) => text.Replace("{name: program}", $"{{name: program, namespace: {project}}}", StringComparison.Ordinal);

        var result = Yaml.Load(
            Yaml.Project.Replace("demo", "b", StringComparison.Ordinal),
            Yaml.Project.Replace("demo", "a", StringComparison.Ordinal),
            In("b", Yaml.Warehouse));

        Assert.Empty(result.Errors);
        Assert.Equal(["a", "b"], result.Pipelines.Select(p => p.Project));
        Assert.Equal([0, 1], result.Pipelines.Select(p => p.Warehouses.Count));
    }

    [Fact]
    public void Fields_without_effect_are_pointed_out()
    {
        var result = Yaml.Load(Yaml.Project, """
            apiVersion: kargo.akuity.io/v1alpha1
            kind: Warehouse
            metadata: {name: w, uid: 123, creationTimestamp: null}
            spec:
              subscriptions:
                - git: {repoURL: 'https://h/r', semverConstraint: ^1, blobless: true}
            status: {}
            """, "apiVersion: v1\nkind: Namespace\nmetadata: {name: demo}");

        Assert.Empty(result.Errors);
        Assert.Equal(
            [
                "metadata.uid: has no effect: a Kubernetes API server writes it, and Waybill keeps its own",
                "spec.subscriptions[0].git.semverConstraint: has no effect with commitSelectionStrategy: NewestFromBranch",
                "spec.subscriptions[0].git.blobless: has no effect: Waybill asks GitHub's API and does not clone",
                "status: has no effect: a Kubernetes API server writes it, and Waybill keeps its own",
                "kind: has no effect: a Project is enough for Waybill",
            ],
            result.Notices.Select(Yaml.Said));
    }

    [Fact]
    public void Kargos_credentials_are_recognised_and_never_repeated()
    {
        var result = Yaml.Load(Yaml.Project, """
            apiVersion: v1
            kind: Secret
            metadata:
              name: github
              namespace: demo
              labels: {kargo.akuity.io/cred-type: git}
            stringData: {username: me, password: hunter2}
            """);

        Assert.Empty(result.Errors);
        Assert.Single(result.Pipelines);
        var notice = Assert.Single(result.Notices).ToString();
        Assert.Contains("credentials from its settings", notice, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", notice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ConfigMap_is_what_expressions_read()
    {
        var pipeline = Yaml.Pipeline("""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: names, namespace: demo}
            immutable: true
            data:
              repoURL: https://github.com/acme/app
              app.properties: |-
                a=b
            """);

        var names = Assert.Single(pipeline.ConfigMaps);

        Assert.Equal("names", names.Key);
        Assert.Equal("https://github.com/acme/app", names.Value["repoURL"]);
        Assert.Equal("a=b", names.Value["app.properties"]);
    }
}
