using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;
using Waybill.Engine.Promotions;

namespace Waybill.Local.Driving;

/// <summary>Carries a promotion on until it is settled.</summary>
internal sealed class PromotionWork(IServiceProvider services, PromotionKey key) : IWork
{
    public async Task<NextRun> RunAsync(CancellationToken cancellationToken)
    {
        var directive = await services.GetRequiredService<PromotionRunner>().AdvanceAsync(key, cancellationToken);
        return directive.Kind is DirectiveKind.Done or DirectiveKind.AwaitTurn ? NextRun.Over : new NextRun(directive.Until, false);
    }

    public override string ToString() => $"Promotion {key.Name}";
}
