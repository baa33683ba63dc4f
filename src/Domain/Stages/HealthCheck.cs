using System.Text.Json.Serialization;
using Waybill.Domain.ArgoCd;
using Waybill.Domain.Stacks;

namespace Waybill.Domain.Stages;

/// <summary>Something to look at to judge a stage's health, and how it should be. Stored with the promotion and the stage.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(StackHealthCheck), "stack")]
[JsonDerivedType(typeof(ApplicationHealthCheck), "application")]
public abstract record HealthCheck
{
    /// <summary>What is looked at, for people. A check of the same subject replaces an earlier one.</summary>
    [JsonIgnore]
    public abstract string Subject { get; }
}

/// <summary>A PKO Stack, and what it should be running.</summary>
/// <param name="Stack">Which Stack.</param>
/// <param name="Commit">The commit that was promoted to it.</param>
/// <param name="Type">The kind of run that was wanted: <c>up</c> or <c>preview</c>.</param>
public sealed record StackHealthCheck(StackReference Stack, string Commit, string Type) : HealthCheck
{
    /// <summary>
    /// Whether the commit reaches the Stack through a manifest in Git that somebody else applies: until that has happened, another
    /// commit on the Stack is not drift.
    /// </summary>
    public bool ArrivesThroughGit { get; init; }

    public override string Subject => $"Stack {Stack}";
}

/// <summary>An Argo CD Application, and what it should be synced to; see <see cref="ApplicationHealth"/> for what another revision means.</summary>
/// <param name="Application">Which Application.</param>
/// <param name="DesiredRevisions">The revision that was promoted to each source; empty text where any will do.</param>
public sealed record ApplicationHealthCheck(ApplicationReference Application, IReadOnlyList<string> DesiredRevisions) : HealthCheck
{
    public override string Subject => $"Application {Application}";
}
