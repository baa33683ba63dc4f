using Waybill.Domain;
using Waybill.Domain.Freights;
using Waybill.Domain.Pipelines;
using Waybill.Domain.Promotions;
using Waybill.Domain.Stages;

namespace Waybill.Engine.Promotions;

/// <summary>Freezes a stage's steps into a new promotion: what is edited afterwards does not touch it.</summary>
internal static class PromotionBuilder
{
    public static Promotion Build(string project, string ulid, Stage stage, StageState state, Freight freight, string actor, DateTimeOffset now)
    {
        var reference = FreightReference.To(freight);
        return new Promotion
        {
            Project = project,
            Name = PromotionName.Of(stage.Name, ulid, freight.Id),
            Stage = stage.Name,
            Freight = reference,
            Collection = CarryForward(stage, state, reference),
            Actor = actor,
            CreatedAt = now,
            Vars = stage.Vars,
            Steps = stage.Steps,
            StepStates = [.. stage.Steps.Select(_ => new StepState())],
            Analysis = stage.Analysis,
            VerificationTimeout = stage.VerificationTimeout,
        };
    }

    /// <summary>The freight of the other origins stays; what came from an origin that is no longer requested goes.</summary>
    private static IReadOnlyDictionary<string, FreightReference> CarryForward(Stage stage, StageState state, FreightReference freight) =>
        state.Current.Where(c => stage.RequestFor(c.Key) is not null).ToDictionary(c => c.Key, c => c.Value).With(freight.Warehouse, freight);
}
