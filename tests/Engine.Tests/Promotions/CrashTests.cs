using Waybill.Domain.Auditing;
using Waybill.Domain.Freights;
using Waybill.Domain.Promotions;
using Waybill.Engine.Approvals;
using Waybill.Engine.Ports;
using Waybill.Engine.Promotions;
using Waybill.Engine.Tests.Builders;
using Waybill.Engine.Tests.Drivers;
using Waybill.TestStores;
using static Waybill.Domain.Auditing.AuditAction;

namespace Waybill.Engine.Tests.Promotions;

/// <summary>The process ends at any write of two promotions' lives, and starts again: each still ends exactly once.</summary>
public sealed class CrashTests
{
    /// <summary>More than all writes there are: past the last one nothing goes wrong, which is worth seeing too.</summary>
    private const int Writes = 22;

    private static readonly AuditAction[] LifeOfOne =
        [PromotionCreated, PromotionStarted, ApprovalRequested, ApprovalGranted, PromotionSucceeded, FreightVerified];

    public static TheoryData<int, StoreFault> Cases()
    {
        var cases = new TheoryData<int, StoreFault>();
        foreach (var fault in new[] { StoreFault.FailBefore, StoreFault.FailAfter, StoreFault.Conflict })
        {
            foreach (var nth in Enumerable.Range(1, Writes))
            {
                cases.Add(nth, fault);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_promotion_ends_exactly_once(int nth, StoreFault fault)
    {
        await using var world = await World.WithAsync(A.Stage("dev", A.Direct, A.Approval(), A.StackUpdate("dev")));
        world.Cluster.AddStack("dev", "shop:dev");
        world.Cluster.SucceedsAtOnce = true;
        var (first, second) = (await world.FreightAsync(), await world.FreightAsync());

        world.Faults.OnCommit(nth, fault);
        await InsistAsync(world, () => AskAsync(world, first));
        await InsistAsync(world, () => AskAsync(world, second));
        await InsistAsync(world, () => DriveAllAsync(world));

        var promotions = await world.PromotionsAsync("dev");
        Assert.Equal([second.Id, first.Id], promotions.Select(p => p.Freight.Id));
        Assert.All(promotions, p => Assert.Equal((PromotionPhase.Succeeded, VerificationPhase.Successful), (p.Phase, p.Verification!.Phase)));
        Assert.Equal(second.Commits[0].Id, world.Cluster["dev"].Commit);
        Assert.Equal(2, world.Cluster.Patches);
        Assert.Equal((false, 0), ((await world.StageAsync("dev")).IsBusy, (await world.StageAsync("dev")).Queue.Count));
        var entries = await world.EntriesAsync();
        Assert.All(promotions, p => Assert.Equal(LifeOfOne, entries.Where(e => e.Promotion == p.Name).Select(e => e.Action)));
        Assert.Equal(2 * LifeOfOne.Length, entries.Count);
    }

    private static async Task AskAsync(World world, Freight freight)
    {
        var result = await world.TryPromoteAsync(freight, "dev");
        Assert.True(result.IsAccepted || result.Refusal.Kind is RefusalKind.AlreadyPromoting, result.Refusal?.Message);
    }

    /// <summary>What a head does from its start: find what is under way, then go from directive to directive.</summary>
    private static async Task DriveAllAsync(World world)
    {
        await world.Sweeper.DriveAsync(A.Project, default);
        while (world.Driver.Driven.Count > 0)
        {
            var name = world.Driver.Driven[^1];
            var next = await world.Runner.AdvanceAsync(new PromotionKey(A.Project, name), default);
            if (next.Kind is DirectiveKind.Done)
            {
                world.Driver.Driven.RemoveAll(driven => driven == name);
            }
            else if (next.Kind is DirectiveKind.AwaitApproval)
            {
                await ApproveAsync(world, name);
            }
            else
            {
                world.Time.Advance(next.Until!.Value - world.Time.GetUtcNow());
            }
        }
    }

    private static async Task ApproveAsync(World world, string name)
    {
        var promotion = (await world.Store.GetPromotionAsync(A.Project, name, default))!.Value;
        var token = new ApprovalToken(A.Project, name, 0, "ada@example.com", [], promotion.StepStates[0].Approval!.Deadline);
        await world.Desk.DecideAsync(world.Signer.Sign(token), ApprovalDecision.Approve, null, default);
    }

    private static async Task InsistAsync(World world, Func<Task> act)
    {
        for (var starts = 0; ; starts++)
        {
            try
            {
                await act();
                return;
            }
            catch (StorageUnavailableException) when (starts < 3)
            {
                world.Restart();
            }
        }
    }
}
