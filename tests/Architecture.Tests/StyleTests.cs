using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Waybill.Architecture.Tests;

public sealed class StyleTests
{
    private const int LongestFile = 300;
    private const int MostParameters = 6;

    /// <summary>Constructors that may take more, each with its reason.</summary>
    private static readonly Dictionary<string, string> ManyParameters = new()
    {
        ["Waybill.Engine.Webhooks.PushPayload"] = "The shape of GitHub's event: data, one parameter a property.",
        ["Waybill.Engine.Webhooks.CommitPayload"] = "The shape of GitHub's event: data, one parameter a property.",
        ["Waybill.Web.Api.StepPayload"] = "The shape of our JSON: data, one parameter a property.",
        ["Waybill.Web.Pages.DashboardPages"] = "Every page of the dashboard: each reads from another part of the engine.",
        ["Waybill.Expressions.Runtime.PredicateCall"] = "What a predicate of a builtin closes over while it runs.",
    };

    public static TheoryData<string> AllRooms => Rooms.Cases;

    [Fact]
    public void No_source_file_is_longer_than_300_lines()
    {
        var tooLong = Rooms.SourceFiles().Select(f => (File: f, Lines: File.ReadLines(Path.Combine(Rooms.Source, f)).Count())).Where(f => f.Lines > LongestFile);

        Assert.Empty(tooLong);
    }

    [Theory]
    [MemberData(nameof(AllRooms))]
    public void No_constructor_takes_more_than_6_parameters(string room)
    {
        var tooMany =
            from type in Rooms.Load(room).GetTypes()
            where !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
            from constructor in type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            where constructor.GetParameters().Length > MostParameters && !ManyParameters.ContainsKey(type.FullName!)
            select $"{type.FullName} takes {constructor.GetParameters().Length}";

        Assert.Empty(tooMany);
    }

    [Theory]
    [InlineData("Domain", "Waybill.Domain")]
    [InlineData("Engine", "Waybill.Engine.Ports")]
    public void Every_public_type_says_in_a_sentence_what_it_is(string room, string @namespace)
    {
        var summaries = XDocument.Load(Rooms.File(room, "xml")).Descendants("member")
            .ToDictionary(m => (string)m.Attribute("name")!, m => ((string?)m.Element("summary") ?? "").Trim());

        var silent = Rooms.Load(room).GetExportedTypes()
            .Where(t => t.Namespace!.StartsWith(@namespace, StringComparison.Ordinal))
            .Select(t => $"T:{t.FullName!.Replace('+', '.')}")
            .Where(name => summaries.GetValueOrDefault(name, "").Length == 0);

        Assert.Empty(silent);
    }

    [Theory]
    [MemberData(nameof(AllRooms))]
    public void Classes_are_sealed_unless_they_are_meant_to_be_built_upon(string room)
    {
        var types = Rooms.Load(room).GetTypes()
            .Where(t => t is { IsClass: true, IsAbstract: false, IsSealed: false } && t.BaseType == typeof(object) && !t.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
            .ToList();
        var open = types.Where(t => !Rooms.Load(room).GetTypes().Any(other => other.BaseType == t) && t.Name != "Program");

        // Razor's compiler makes an open _Imports of each folder's using lines.
        Assert.DoesNotContain(open, t => !t.FullName!.Contains('<') && t.Name != "_Imports");
    }

    [Theory]
    [MemberData(nameof(AllRooms))]
    public void Nothing_is_called_Manager_Helper_or_Utils(string room)
    {
        string[] words = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility"];

        Assert.DoesNotContain(Rooms.Load(room).GetTypes(), t => words.Any(w => t.Name.EndsWith(w, StringComparison.Ordinal)));
    }
}
