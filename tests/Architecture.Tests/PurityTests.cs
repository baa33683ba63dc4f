using Mono.Cecil;
using Mono.Cecil.Cil;
using NetArchTest.Rules;

namespace Waybill.Architecture.Tests;

/// <summary>Time and chance come in as parameters, or through TimeProvider where the world begins.</summary>
public sealed class PurityTests
{
    private static readonly string[] Clocks =
    [
        "System.DateTime::get_UtcNow", "System.DateTime::get_Now", "System.DateTime::get_Today",
        "System.DateTimeOffset::get_UtcNow", "System.DateTimeOffset::get_Now", "System.Environment::get_TickCount", "System.Environment::get_TickCount64",
    ];

    private static readonly string[] Chance = ["System.Guid::NewGuid", "System.Guid::CreateVersion7", "System.Random::get_Shared", "System.Random::.ctor"];

    public static TheoryData<string> AllRooms => Rooms.Cases;

    [Theory]
    [MemberData(nameof(AllRooms))]
    public void No_room_reads_the_wall_clock_itself(string room) => Assert.Empty(CallsIn(room, Clocks));

    [Fact]
    public void A_call_that_is_there_is_seen() => Assert.NotEmpty(CallsIn("Engine", ["System.TimeProvider::GetUtcNow"]));

    [Theory]
    [InlineData("Domain")]
    [InlineData("Expressions")]
    public void The_pure_rooms_leave_nothing_to_chance(string room) => Assert.Empty(CallsIn(room, Chance));

    [Theory]
    [InlineData("Domain")]
    [InlineData("Expressions")]
    public void The_pure_rooms_do_nothing_to_the_world_and_wait_for_nothing(string room)
    {
        var result = Types.InAssembly(Rooms.Load(room)).ShouldNot().HaveDependencyOnAny(
            "System.IO.File", "System.IO.Stream", "System.Net", "System.Console", "System.TimeProvider", "System.Diagnostics.Stopwatch",
            "System.Threading.Tasks", "System.Threading.Thread", "System.Threading.Timer", "System.Runtime.CompilerServices.AsyncTaskMethodBuilder").GetResult();

        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }

    /// <summary>The calls of a room to any of the named members, as <c>caller -> member</c>.</summary>
    private static IReadOnlyList<string> CallsIn(string room, IReadOnlyCollection<string> members)
    {
        using var module = ModuleDefinition.ReadModule(Rooms.File(room, "dll"));
        return
        [
            .. from type in module.GetTypes()
               from method in type.Methods
               where method.HasBody
               from instruction in method.Body.Instructions
               where instruction.OpCode.FlowControl is FlowControl.Call || instruction.OpCode == OpCodes.Ldftn
               let called = instruction.Operand as MethodReference
               where called is not null
               let name = $"{called.DeclaringType.FullName}::{called.Name}"
               where members.Contains(name)
               select $"{method.FullName} -> {name}",
        ];
    }
}
