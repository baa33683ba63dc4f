using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Waybill.Manifests;
using Waybill.Manifests.Steps;
using Waybill.TestParts;
using Waybill.Web.Routing;

namespace Waybill.EndToEnd.Tests.Docs;

/// <summary>What the README and the pages under docs say is there, is there.</summary>
public sealed partial class ReadmeTests
{
    private static readonly Page Readme = new("README.md");

    /// <summary>Where a path in the text begins when it means the checkout.</summary>
    private static readonly string[] Folders = ["src/", "tests/", "docs/", "infra/", "samples/", "eng/"];

    /// <summary>Copies that readers are told to make.</summary>
    private static readonly string[] Readers = ["infra/main.prod.bicepparam"];

    public static TheoryData<string> Pages => [.. Page.All.Select(p => p.Path)];

    public static TheoryData<string> Settings => [.. Listed()];

    public static TheoryData<string> Steps => [.. StepSchemas.BuiltIn.Keys];

    public static TheoryData<string> YamlBlocks => [.. Page.All.SelectMany(p => p.Blocks("yaml")).Where(b => b.StartsWith("- uses:", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_somewhere(string path)
    {
        var page = new Page(path);
        var folder = Path.GetDirectoryName(path)!;

        Assert.All(page.Links, link =>
        {
            var (file, anchor) = link.Split('#') is [var f, var a] ? (f, a) : (link, null);
            var target = file.Length == 0 ? path : Path.GetRelativePath(".", Path.Combine(folder, file));
            Assert.True(Path.Exists(RepositoryRoot.Combine(target)), $"{path} links to {link}.");
            Assert.True(anchor is null || new Page(target).Anchors.Contains(anchor), $"{target} has no heading #{anchor}.");
        });
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_file_and_folder_that_is_named_exists(string path)
    {
        var page = new Page(path);
        var inCommands = page.Blocks("bash").SelectMany(b => PathInCommand().Matches(b).Select(m => m.Value));

        Assert.All(page.Code.Concat(inCommands).Except(Readers).Where(c => Folders.Any(f => c.StartsWith(f, StringComparison.Ordinal)) && !c.Contains(' ', StringComparison.Ordinal)), named =>
            Assert.True(Path.Exists(RepositoryRoot.Combine(named.TrimEnd('/'))), $"{path} names {named}."));
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Every_setting_that_is_listed_is_read(string setting) => Assert.True(KnownSettings.Contains(setting), $"No options have {setting}.");

    [Fact]
    public void Every_option_of_the_command_line_exists()
    {
        var program = File.ReadAllText(RepositoryRoot.Combine("src", "Local", "Program.cs"));
        var options = Readme.Blocks("bash").SelectMany(b => b.ReplaceLineEndings("\n").Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
            .Where(l => l.Contains("--project src/Local --", StringComparison.Ordinal))
            .SelectMany(l => Option().Matches(l[(l.IndexOf(" -- ", StringComparison.Ordinal) + 4)..]).Select(m => m.Groups["name"].Value))
            .Concat(Readme.Column("Setting").SelectMany(c => Option().Matches(c).Select(m => m.Groups["name"].Value)))
            .ToHashSet();

        Assert.Superset(new HashSet<string> { "manifests", "port", "data", "simulate", "GitHub:Token" }, options);
        Assert.All(options, o => Assert.True(
            o.Contains(':', StringComparison.Ordinal) ? KnownSettings.Contains(o) : program.Contains($"(\"--{o}\")", StringComparison.Ordinal), $"There is no --{o}."));
    }

    [Fact]
    public void The_table_of_the_API_is_the_API()
    {
        var listed = Readme.Column("Request").Select(c => c.Trim('`')).ToHashSet();
        var api = RouteTable.All.Where(r => r.Pattern.StartsWith("/api/", StringComparison.Ordinal)).Select(r => $"{r.Method} {r.Pattern}").ToHashSet();

        Assert.Equal(api.Order(), listed.Order());
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_address_in_a_command_has_a_route(string path) => Assert.All(
        new Page(path).Blocks("bash").SelectMany(b => AddressInCommand().Matches(b).Select(m => m.Groups["path"].Value)),
        address => Assert.True(RouteTable.All.Any(r => Fits(r.Pattern, address)), $"{path} asks for {address}, and no route answers."));

    [Theory]
    [MemberData(nameof(YamlBlocks))]
    public void Every_snippet_of_a_manifest_loads(string steps)
    {
        var manifest = $$"""
            apiVersion: kargo.akuity.io/v1alpha1
            kind: Project
            metadata: { name: my-project }
            ---
            apiVersion: kargo.akuity.io/v1alpha1
            kind: Warehouse
            metadata: { name: program }
            spec:
              subscriptions:
                - git: { repoURL: "https://github.com/my/program", branch: main }
            ---
            apiVersion: kargo.akuity.io/v1alpha1
            kind: Stage
            metadata: { name: prod }
            spec:
              requestedFreight:
                - origin: { kind: Warehouse, name: program }
                  sources: { direct: true }
              promotionTemplate:
                spec:
                  steps:
            {{string.Join('\n', steps.TrimEnd().Split('\n').Select(l => $"        {l}"))}}
            """;

        var loaded = ManifestLoader.Parse([ManifestFile.FromText("README.yaml", manifest)]);

        Assert.Empty(loaded.Errors);
        Assert.NotEmpty(loaded.Pipelines.Single().Stages.Single().Steps);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Every_step_is_mentioned_somewhere(string step) => Assert.Contains(Page.All, page =>
        page.Code.Contains(step) || page.Blocks("yaml").Any(b => b.Contains($"uses: {step}\n", StringComparison.Ordinal)));

    [Fact]
    public void The_sample_pipeline_loads()
    {
        var loaded = ManifestLoader.Load(RepositoryRoot.Combine("samples"));

        Assert.Empty(loaded.Errors);
        Assert.NotEmpty(loaded.Pipelines);
    }

    /// <summary>The settings in the table's first column; <c>:Key</c> stands for the one before with another end.</summary>
    private static IEnumerable<string> Listed()
    {
        foreach (var cell in Readme.Column("Setting"))
        {
            var first = "";
            foreach (var name in Backticked().Matches(cell).Select(m => m.Groups["name"].Value).Where(n => n.Contains(':', StringComparison.Ordinal)))
            {
                first = name[0] is ':' ? first : name;
                yield return name[0] is ':' ? $"{first[..first.LastIndexOf(':')]}{name}" : name;
            }
        }
    }

    private static bool Fits(string pattern, string address) =>
        new TemplateMatcher(TemplateParser.Parse(pattern.TrimStart('/')), []).TryMatch(address, new RouteValueDictionary());

    [GeneratedRegex(@"(?<=^|\s)(?:src|tests|docs|infra|samples|eng)/[\w./-]+(?=\s|$)", RegexOptions.Multiline)]
    private static partial Regex PathInCommand();

    [GeneratedRegex(@"(?:localhost:7080|\$address|\$host|https://[\w.-]+)(?<path>/(?:api|webhooks|projects|healthz)[\w/.-]*)")]
    private static partial Regex AddressInCommand();

    [GeneratedRegex(@"(?<=^|\s|`)--(?<name>[\w:-]+)")]
    private static partial Regex Option();

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex Backticked();
}
