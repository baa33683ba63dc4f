using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Waybill.Domain.Pipelines;
using Waybill.Engine.Ports;
using Waybill.Engine.Sweeping;
using Waybill.Local.Driving;
using Waybill.TestParts;

namespace Waybill.Local.Tests.Driving;

public sealed class RoundsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);

    [Fact]
    public async Task Every_round_comes_at_start_and_in_its_own_interval()
    {
        var (often, rarely) = (new ListedRound(TimeSpan.FromMinutes(1)), new ListedRound(TimeSpan.FromHours(1)));
        using var rounds = await StartAsync(often, rarely);
        await often.SeenAsync(1);
        await rarely.SeenAsync(1);

        _time.Advance(TimeSpan.FromMinutes(1));
        await often.SeenAsync(2);

        Assert.Equal([(null, Start), (Start, Start.AddMinutes(1))], often.Ran);
        Assert.Equal([(null, Start)], rarely.Ran);
        await rounds.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_round_that_fails_is_tried_again_soon_as_if_it_had_not_been_and_holds_up_no_other()
    {
        var (failing, sound) = (new ListedRound(TimeSpan.FromHours(1)) { Fails = run => run == 1 }, new ListedRound(TimeSpan.FromHours(1)));
        using var rounds = await StartAsync(failing, sound);
        await failing.SeenAsync(1);
        await sound.SeenAsync(1);

        _time.Advance(TimeSpan.FromSeconds(1));
        await failing.SeenAsync(2);

        Assert.Equal([(null, Start), (null, Start.AddSeconds(1))], failing.Ran);
        await rounds.StopAsync(CancellationToken.None);
    }

    private async Task<Rounds> StartAsync(params IRound[] rounds)
    {
        var service = new Rounds(rounds, new ProjectRounds(new OneProject(), NullLogger<ProjectRounds>.Instance), _time);
        await service.StartAsync(CancellationToken.None);
        return service;
    }

    /// <summary>Remembers when it came and when it thinks it came before.</summary>
    private sealed class ListedRound(TimeSpan interval) : IRound
    {
        private readonly ConcurrentQueue<(DateTimeOffset? Last, DateTimeOffset Now)> _ran = new();

        public string Name => "test";

        public TimeSpan Interval => interval;

        public Func<int, bool> Fails { get; init; } = _ => false;

        public IReadOnlyList<(DateTimeOffset? Last, DateTimeOffset Now)> Ran => [.. _ran];

        public Task RunAsync(Pipeline pipeline, DateTimeOffset? last, DateTimeOffset now, CancellationToken cancellationToken)
        {
            _ran.Enqueue((last, now));
            return Fails(_ran.Count) ? throw new InvalidOperationException("It fails because this test says so.") : Task.CompletedTask;
        }

        public Task SeenAsync(int times) => Poll.UntilAsync($"{times} rounds", TimeSpan.FromSeconds(20), _ => Task.FromResult(_ran.Count >= times));
    }

    private sealed class OneProject : IPipelineSource
    {
        public IReadOnlyDictionary<string, Pipeline> Pipelines { get; } = new Dictionary<string, Pipeline> { ["one"] = new() { Project = "one" } };

        public IReadOnlyList<string> Problems => [];
    }
}
