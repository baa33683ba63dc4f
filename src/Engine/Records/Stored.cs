namespace Waybill.Engine.Records;

/// <summary>A record and the version it was read at; a null version means that it is not stored yet.</summary>
public sealed record Stored<T>(T Value, string? Version)
{
    public Stored<T> Then(T value) => this with { Value = value };
}

/// <summary>A page of a newest-first list.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="Continue">What to ask for to get the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Continue);
