using Waybill.Domain.Promotions;
using Waybill.Engine.Ports;

namespace Waybill.Engine.Reporting;

/// <summary>How a promotion stands, in GitHub's terms.</summary>
/// <param name="Status">The state of its commits.</param>
/// <param name="Deployment">The state of its deployment.</param>
/// <param name="Description">A sentence of at most <see cref="DescriptionLimit"/> characters.</param>
public sealed record PromotionReport(StatusState Status, DeploymentState Deployment, string Description)
{
    public const int DescriptionLimit = 140;

    public static PromotionReport Of(Promotion promotion) => promotion switch
    {
        { Phase: PromotionPhase.Pending } => New(StatusState.Pending, DeploymentState.Queued, $"{Waits(promotion)} its turn."),
        { Phase: PromotionPhase.Running } => New(StatusState.Pending, DeploymentState.InProgress, $"{promotion.Freight.Alias} is on its way to {promotion.Stage}."),
        { Phase: PromotionPhase.Succeeded } => OfVerification(promotion, promotion.Verification?.Phase ?? VerificationPhase.Pending),
        { Phase: PromotionPhase.Failed } => New(StatusState.Failure, DeploymentState.Failure, $"Failed. {promotion.Message}"),
        { Phase: PromotionPhase.Aborted } => New(StatusState.Error, DeploymentState.Inactive, $"Aborted{(promotion.Abort is { } abort ? $" by {abort.Actor}" : "")}. {promotion.Message}"),
        _ => New(StatusState.Error, DeploymentState.Error, $"Errored. {promotion.Message}"),
    };

    private static PromotionReport OfVerification(Promotion promotion, VerificationPhase phase) => phase switch
    {
        VerificationPhase.Pending or VerificationPhase.Running =>
            New(StatusState.Pending, DeploymentState.InProgress, $"{promotion.Freight.Alias} is in {promotion.Stage} and being verified."),
        VerificationPhase.Successful => New(StatusState.Success, DeploymentState.Success, $"{promotion.Freight.Alias} is verified in {promotion.Stage}."),
        VerificationPhase.Failed or VerificationPhase.Inconclusive =>
            New(StatusState.Failure, DeploymentState.Failure, $"Not verified. {promotion.Verification!.Message}"),
        _ => New(StatusState.Error, DeploymentState.Error, $"Not verified. {promotion.Verification!.Message}"),
    };

    private static string Waits(Promotion promotion) => $"{promotion.Freight.Alias} waits in {promotion.Stage}'s queue for";

    private static PromotionReport New(StatusState status, DeploymentState deployment, string description)
    {
        var line = description.ReplaceLineEndings(" ").Trim();
        return new(status, deployment, line.Length <= DescriptionLimit ? line : $"{line[..(DescriptionLimit - 1)].TrimEnd()}…");
    }
}
