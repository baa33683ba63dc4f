namespace Waybill.Engine.WorkTrees.Editing.Json;

/// <summary>A value of a JSON text and where it stands, in bytes.</summary>
internal abstract record JsonSpan(int Start, int End);

/// <summary>A string, number, boolean or null.</summary>
internal sealed record JsonScalarSpan(bool IsNull, int Start, int End) : JsonSpan(Start, End);

internal sealed record JsonArraySpan(IReadOnlyList<JsonSpan> Items, int Start, int End) : JsonSpan(Start, End);

internal sealed record JsonObjectSpan(IReadOnlyList<JsonMember> Members, int Start, int End) : JsonSpan(Start, End);

/// <param name="Start">Where its name stands.</param>
/// <param name="NameEnd">After its name.</param>
internal sealed record JsonMember(string Name, int Start, int NameEnd, JsonSpan Value);
