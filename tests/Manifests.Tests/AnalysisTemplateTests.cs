using Waybill.Domain.Analysis;

namespace Waybill.Manifests.Tests;

public sealed class AnalysisTemplateTests
{
    private const string Web = "{web: {url: https://x/y}}";

    [Fact]
    public void A_template_is_read_with_all_it_says()
    {
        var stage = Yaml.Pipeline(
            Template("smoke", """
                args:
                  - name: host
                  - {name: path, value: /up}
                  - name: token
                    valueFrom: {secretKeyRef: {name: vault, key: KEY}}
                metrics:
                  - name: up
                    initialDelay: 5m
                    interval: 30s
                    count: 3
                    successCondition: result.status == "{{args.path}}"
                    failureCondition: result.status == "down"
                    failureLimit: "1"
                    inconclusiveLimit: 2
                    consecutiveErrorLimit: 1
                    consecutiveSuccessLimit: 2
                    provider:
                      web:
                        method: POST
                        url: https://{{args.host}}/api{{args.path}}
                        headers: [{key: Authorization, value: "token {{args.token}}"}]
                        jsonBody: {a: [1, "{{args.path}}"]}
                        timeoutSeconds: 20
                        jsonPath: "{$.data[0]}"
                dryRun: [{metricName: "^u"}]
                measurementRetention: [{metricName: up, limit: 7}]
                """),
            Verified("smoke", "args: [{name: host, value: \"${{ ctx.stage }}.example\"}]")).FindStage("dev")!;

        var plan = stage.Analysis!;
        Assert.Equal([new("host", "${{ ctx.stage }}.example"), new("path", "/up"), new("token", null, new SecretKeyReference("vault", "KEY"))], plan.Arguments);
        var metric = Assert.Single(plan.Metrics);
        Assert.Equal(
            (TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(30), 3, 1, 2, 1, 2, true, 7),
            (metric.InitialDelay, metric.Interval, metric.Count, metric.FailureLimit, metric.InconclusiveLimit, metric.ConsecutiveErrorLimit, metric.ConsecutiveSuccessLimit, metric.IsDryRun, metric.Retention));
        var web = Assert.IsType<WebMetric>(metric.Provider);
        Assert.Equal(("POST", "https://{{args.host}}/api{{args.path}}", TimeSpan.FromSeconds(20), "{$.data[0]}"), (web.Method, web.Url, web.Timeout, web.JsonPath));
        Assert.Equal("""{"a":[1,"{{args.path}}"]}""", web.JsonBody!.ToJsonString());
        Assert.Equal([new("Authorization", "token {{args.token}}")], web.Headers);
    }

    [Fact]
    public void A_metric_that_says_little_has_Argo_Rollouts_defaults()
    {
        var metric = Assert.Single(Yaml.Pipeline(Template("t", $"metrics: [{{name: m, provider: {Web}}}]"), Verified("t")).FindStage("dev")!.Analysis!.Metrics);

        Assert.Equivalent(new MetricSpec { Name = "m", Provider = new WebMetric { Url = "https://x/y" } }, metric);
        Assert.Equal((0, 0, 4, 0, 1), (metric.FailureLimit, metric.InconclusiveLimit, metric.ConsecutiveErrorLimit, metric.ConsecutiveSuccessLimit, metric.EffectiveCount));
        Assert.Equal((TimeSpan.FromSeconds(10), "GET"), (((WebMetric)metric.Provider).Timeout, ((WebMetric)metric.Provider).Method));
    }

    [Fact]
    public void Templates_are_merged_whatever_their_scope()
    {
        var plan = Yaml.Pipeline(
            Template("a", $"args: [{{name: x}}]\nmetrics: [{{name: a, provider: {Web}}}]\ntemplates: [{{templateName: c}}]"),
            Template("b", $"args: [{{name: x, value: \"1\"}}]\nmetrics: [{{name: b, provider: {Web}}}]", "ClusterAnalysisTemplate"),
            Template("c", $"metrics: [{{name: c, provider: {Web}}}]\ntemplates: [{{templateName: a}}]"),
            Yaml.Stage("dev", template: "promotionTemplate: {spec: {steps: [{uses: fail}]}}\nverification: {analysisTemplates: [{name: a}, {name: b, kind: ClusterAnalysisTemplate}]}"))
            .FindStage("dev")!.Analysis!;

        Assert.Equal(["a", "c", "b"], plan.Metrics.Select(m => m.Name));
        Assert.Equal([new AnalysisArgument("x", "1")], plan.Arguments);
    }

    [Fact]
    public void A_cluster_template_serves_every_project()
    {
        var result = Yaml.Load(
            Yaml.Project, Yaml.Project.Replace("demo", "other"), Template("t", $"metrics: [{{name: m, provider: {Web}}}]", "ClusterAnalysisTemplate"),
            InProject("demo"), InProject("other"));

        Assert.Empty(result.Errors);
        Assert.All(result.Pipelines, p => Assert.Single(p.FindStage("dev")!.Analysis!.Metrics));

        static string InProject(string name) => Yaml.Join(
            Yaml.Warehouse.Replace("{name: program}", $"{{name: program, namespace: {name}}}"),
            Yaml.Stage("dev", template: "promotionTemplate: {spec: {steps: [{uses: fail}]}}\nverification: {analysisTemplates: [{name: t, kind: ClusterAnalysisTemplate}]}").Replace("{name: dev}", $"{{name: dev, namespace: {name}}}"));
    }

    [Fact]
    public void Numbers_that_are_arguments_are_left_to_the_run()
    {
        var metric = Assert.Single(Yaml.Pipeline(
            Template("t", $"args: [{{name: n, value: \"3\"}}]\nmetrics: [{{name: m, count: \"{{{{args.n}}}}\", interval: \"{{{{args.n}}}}s\", provider: {Web}}}]"), Verified("t")).FindStage("dev")!.Analysis!.Metrics);

        Assert.Equal(new Dictionary<string, string> { ["count"] = "{{args.n}}", ["interval"] = "{{args.n}}s" }, metric.Deferred);
    }

    [Fact]
    public void Other_providers_are_read()
    {
        var metrics = Yaml.Pipeline(
            Template("t", """
                metrics:
                  - name: p
                    provider: {prometheus: {address: "http://prometheus:9090", query: up, timeout: 45, rangeQuery: {start: now(), end: now(), step: 1m}}}
                  - name: j
                    provider:
                      job:
                        metadata: {namespace: jobs, labels: {a: b}, annotations: {waybill.dev/cluster: prod, x: y}}
                        spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox}]}}}
                """),
            Verified("t")).FindStage("dev")!.Analysis!.Metrics;

        var prometheus = Assert.IsType<PrometheusMetric>(metrics[0].Provider);
        Assert.Equal(("up", TimeSpan.FromSeconds(45), new PrometheusRange("now()", "now()", "1m")), (prometheus.Query, prometheus.Timeout, prometheus.Range));
        var job = Assert.IsType<JobMetric>(metrics[1].Provider);
        Assert.Equal(("prod", "jobs", "b", "y", 1), (job.Cluster, job.Namespace, job.Labels["a"], job.Annotations["x"], job.Annotations.Count));
        Assert.Equal("busybox", (string?)job.Spec["template"]!["spec"]!["containers"]![0]!["image"]);
    }

    public static TheoryData<string, string> BadTemplates => new()
    {
        { "metrics: [{name: m, provider: {datadog: {query: x}}}]", "spec.metrics[0].provider.datadog: not supported: Waybill measures with web, prometheus and job: ask datadog's HTTP API with web, or write a job that does" },
        { "metrics: [{name: m, provider: {plugin: {}}}]", "spec.metrics[0].provider.plugin: not supported: Waybill measures with web, prometheus and job: ask plugin's HTTP API with web, or write a job that does" },
        { "metrics: [{name: m, provider: {wbe: {}}}]", "spec.metrics[0].provider.wbe: unknown field, did you mean web?" },
        { "metrics: [{name: m, provider: {}}]", "spec.metrics[0].provider: exactly one of web, prometheus and job is required" },
        { $"metrics: [{{name: m, provider: {Web}, intervall: 5m}}]", "spec.metrics[0].intervall: unknown field, did you mean interval?" },
        { $"metrics: [{{name: m, provider: {Web}, interval: 5}}]", "spec.metrics[0].interval: \"5\" is not a duration: write one such as 90s, 5m or 1h30m" },
        { $"metrics: [{{name: m, provider: {Web}, count: 2}}]", "spec.metrics[0]: interval is required when count is more than 1" },
        { $"metrics: [{{name: m, provider: {Web}, failureLimit: -2}}]", "spec.metrics[0].failureLimit: must be at least -1, got -2" },
        { $"metrics: [{{name: m, provider: {Web}, successCondition: result ==}}]", "spec.metrics[0].successCondition: not a valid expression: " },
        { $"metrics: [{{name: m, provider: {Web}, successCondition: \"result == '{{{{args.x}}}}'\"}}]", "spec.metrics[0].successCondition: there is no argument x in the template's args" },
        { $"args: [{{name: commit, value: a}}]\nmetrics: [{{name: m, provider: {Web}, successCondition: \"result == '{{{{args.comit}}}}'\"}}]", "spec.metrics[0].successCondition: there is no argument comit in the template's args, did you mean commit?" },
        { "metrics: [{name: m, provider: {web: {url: \"https://x/{{inputs.y}}\"}}}]", "spec.metrics[0].provider.web.url: {{inputs.y}} stands for nothing: write {{args.NAME}}" },
        { "metrics: [{name: m, provider: {web: {url: x}}}]", "spec.metrics[0].provider.web.url: must be an absolute http or https address" },
        { "metrics: [{name: m, provider: {web: {url: https://x, method: DELETE}}}]", "spec.metrics[0].provider.web.method: \"DELETE\" is none of GET, POST, PUT" },
        { "metrics: [{name: m, provider: {web: {url: https://x, body: x}}}]", "spec.metrics[0].provider.web.body: a GET has no body: set method to POST or PUT" },
        { "metrics: [{name: m, provider: {web: {url: https://x, method: POST, body: x, jsonBody: {}}}}]", "spec.metrics[0].provider.web.jsonBody: body and jsonBody exclude each other" },
        { "metrics: [{name: m, provider: {web: {url: https://x, jsonPath: \"{range .x}\"}}}]", "spec.metrics[0].provider.web.jsonPath: not a JSONPath as kubectl writes it: range makes a text" },
        { "metrics: [{name: m, provider: {web: {url: https://x, authentication: {oauth2: {}}}}}]", "spec.metrics[0].provider.web.authentication: not supported: send a header with a token from an argument" },
        { $"args: [{{name: a, value: x, valueFrom: {{secretKeyRef: {{name: s, key: k}}}}}}]\nmetrics: [{{name: m, provider: {Web}}}]", "spec.args[0]: value and valueFrom exclude each other" },
        { $"args: [{{name: a, valueFrom: {{fieldRef: {{fieldPath: x}}}}}}]\nmetrics: [{{name: m, provider: {Web}}}]", "spec.args[0].valueFrom.fieldRef: not supported: Waybill verifies stages" },
        { $"args: [{{name: a}}]\nmetrics: [{{name: m, provider: {Web}}}]", "spec.verification.analysisTemplates[0].name: the argument a has no value: set it in verification.args" },
        { $"metrics: [{{name: m, provider: {Web}}}, {{name: m, provider: {Web}}}]", "spec.metrics[1]: duplicate metric m" },
        { $"metrics: [{{name: m, provider: {Web}}}]\ndryRun: [{{metricName: x}}]", "spec.dryRun[0].metricName: matches no metric" },
        { $"metrics: [{{name: m, provider: {Web}}}]\ntemplates: [{{templateName: tt}}]", "spec.templates[0].templateName: there is no AnalysisTemplate tt in project demo" },
        { "args: []", "spec.verification.analysisTemplates[0].name: its templates have no metrics" },
        { $"metrics: [{{name: m, provider: {Web}}}]\nmetric: x", "spec.metric: unknown field, did you mean metrics?" },
    };

    [Theory]
    [MemberData(nameof(BadTemplates))]
    public void A_bad_template_is_told_so(string spec, string expected)
    {
        var errors = Yaml.Errors(Template("t", spec), Verified("t"));

        Assert.Contains(errors, e => e.StartsWith(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("analysisTemplates: [{name: smok}]", "spec.verification.analysisTemplates[0].name: there is no AnalysisTemplate smok in project demo, did you mean smoke?")]
    [InlineData("analysisTemplates: [{name: smoke, kind: ClusterAnalysisTemplate}]", "spec.verification.analysisTemplates[0].name: there is no ClusterAnalysisTemplate smoke in project demo, but there is a AnalysisTemplate of that name")]
    [InlineData("analysisTemplates: [{name: smoke, kind: Template}]", "spec.verification.analysisTemplates[0].kind: \"Template\" is none of AnalysisTemplate, ClusterAnalysisTemplate")]
    [InlineData("analysisTemplates: [{name: smoke}]\nargs: [{name: x, value: \"${{ ctx. }}\"}]", "spec.verification.args[0].value: not a valid expression: ")]
    [InlineData("analysisTemplate: [{name: smoke}]", "spec.verification.analysisTemplate: unknown field, did you mean analysisTemplates?")]
    public void A_bad_verification_is_told_so(string verification, string expected)
    {
        var stage = Yaml.Stage("dev", template: $"promotionTemplate: {{spec: {{steps: [{{uses: fail}}]}}}}\nverification:\n{Yaml.Indent(verification)}");

        var errors = Yaml.Errors(Template("smoke", $"metrics: [{{name: m, provider: {Web}}}]"), stage);

        Assert.Contains(errors, e => e.StartsWith(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("metrics: [{name: m, interval: 1m, provider: {web: {url: https://x}}}]", "", "has an interval and no count")]
    [InlineData("metrics: [{name: m, provider: {web: {url: https://x, insecure: true}}}]", "", "Verification:AllowInsecure")]
    [InlineData("metrics: [{name: m, provider: {web: {url: https://x, timeoutSeconds: 120}}}]", "", "at most 60 seconds")]
    [InlineData("metrics: [{name: m, provider: {web: {url: https://x}}}]", "args: [{name: q, value: x}]", "no template of this stage declares the argument q")]
    [InlineData("metrics: [{name: m, provider: {web: {url: https://x}}}]", "analysisRunMetadata: {labels: {a: b}}", "has no effect: Waybill keeps its runs itself")]
    public void What_surprises_is_a_notice(string spec, string verification, string words)
    {
        var result = Yaml.Load(Yaml.Project, Yaml.Warehouse, Template("t", spec), Verified("t", verification));

        Assert.Empty(result.Errors);
        Assert.Contains(result.Notices, n => n.Message.Contains(words, StringComparison.Ordinal));
    }

    private static string Template(string name, string spec, string kind = "AnalysisTemplate") =>
        Yaml.Document(kind, name, spec).Replace("kargo.akuity.io/v1alpha1", "argoproj.io/v1alpha1");

    private static string Verified(string template, string more = "") => Yaml.Stage("dev", template: $"""
        promotionTemplate:
          spec:
            steps:
              - uses: fail
        verification:
          analysisTemplates:
            - name: {template}
          {more}
        """);
}
