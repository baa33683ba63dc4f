using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;
using Waybill.Web.Viewing;

namespace Waybill.Local.SignIn;

/// <summary>In a simulated world there is nothing to protect: whoever looks is you.</summary>
internal sealed class EverybodyIsYou : IViewer
{
    private static readonly Visitor You = new(Principal.Named("you"), MayPromote: true);

    public ValueTask<Visitor?> IdentifyAsync(HttpContext context) => new(You);
}

/// <summary>The owner of this process, by the printed link or the token file.</summary>
internal sealed class OwnerViewer(SignInLink link, IApproverDirectory directory, string owner) : IViewer
{
    public ValueTask<Visitor?> IdentifyAsync(HttpContext context)
    {
        var byBearer = link.HasBearer(context.Request);
        return new(byBearer || link.HasSession(context.Request)
            ? new Visitor(directory.Describe(owner), MayPromote: true) { ByBearer = byBearer }
            : null);
    }
}
