using System.Xml.Linq;

namespace Waybill.Architecture.Tests;

/// <summary>Arrows point one way: heads to Web and Infrastructure, these to Engine, that to Domain.</summary>
public sealed class ArrowsTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Domain"] = [],
        ["Expressions"] = [],
        ["Manifests"] = ["Domain", "Expressions"],
        ["Engine"] = ["Domain", "Expressions"],
        ["Infrastructure"] = ["Engine", "Domain", "Expressions"],
        ["Web"] = ["Engine", "Manifests", "Domain", "Expressions"],
        ["Simulation"] = ["Engine", "Domain", "Expressions"],
        ["Local"] = ["Web", "Infrastructure", "Simulation", "Manifests", "Engine", "Domain", "Expressions"],
    };

    public static TheoryData<string> AllRooms => Rooms.Cases;

    [Theory]
    [MemberData(nameof(AllRooms))]
    public void A_room_uses_only_the_rooms_below_it(string room)
    {
        var used = Rooms.Load(room).GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("Waybill.", StringComparison.Ordinal));

        Assert.Subset(Allowed[room].Select(r => $"Waybill.{r}").ToHashSet(), used.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(AllRooms))]
    public void A_room_asks_the_build_for_no_other(string room)
    {
        var project = XDocument.Load(Path.Combine(Rooms.Source, room, $"{room}.csproj"));
        var asked = project.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!));

        Assert.Subset(Allowed[room].ToHashSet(), asked.ToHashSet());
    }

    [Theory]
    [InlineData("Domain")]
    [InlineData("Expressions")]
    public void The_pure_rooms_need_nothing_but_the_base_library(string room)
    {
        var foreign = Rooms.Load(room).GetReferencedAssemblies().Select(a => a.Name!).Where(n => !n.StartsWith("System", StringComparison.Ordinal));

        Assert.Empty(foreign);
    }

    [Fact]
    public void Every_room_on_disk_is_one_that_these_tests_know()
    {
        // One level deep: the Functions SDK generates a project of its own among its output.
        var onDisk = Directory.EnumerateDirectories(Rooms.Source).SelectMany(room => Directory.EnumerateFiles(room, "*.csproj")).Select(Path.GetFileNameWithoutExtension);

        // The Functions head builds where its packages are: its own tests look at it.
        Assert.Equal(Rooms.All.Order(), onDisk.Where(r => r != "Functions").Order());
    }
}
