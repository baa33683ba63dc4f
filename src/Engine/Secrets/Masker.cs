using System.Text.Json;
using System.Text.Json.Nodes;

namespace Waybill.Engine.Secrets;

/// <summary>Puts <c>***</c> in the place of secret values, as they are and as encodings carry them, wherever they turn up.</summary>
/// <remarks>Values of fewer than <see cref="ShortestMasked"/> characters are left: they would tear holes into ordinary words.</remarks>
public sealed class Masker
{
    public const string Mark = "***";

    /// <summary>Characters that a value has at least for it to be masked.</summary>
    public const int ShortestMasked = 4;

    private readonly IReadOnlyList<string> _forms;

    private Masker(IReadOnlyList<string> forms) => _forms = forms;

    /// <summary>Masks nothing.</summary>
    public static Masker None { get; } = new([]);

    /// <summary>Whether there is nothing to mask.</summary>
    public bool IsIdle => _forms.Count == 0;

    public static Masker Of(IEnumerable<string> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);

        // The longest first: a value may be part of another.
        var forms = secrets.SelectMany(SecretForms.Of).Where(f => f.Length >= ShortestMasked).Distinct(StringComparer.Ordinal);
        return new Masker([.. forms.OrderByDescending(f => f.Length).ThenBy(f => f, StringComparer.Ordinal)]);
    }

    public string Mask(string text) => _forms.Aggregate(text, (masked, form) => masked.Replace(form, Mark, StringComparison.Ordinal));

    /// <summary>A masked copy: texts, names of fields, and numbers that a secret's digits were read as.</summary>
    public JsonObject Mask(JsonObject map)
    {
        if (IsIdle)
        {
            return map;
        }

        var masked = new JsonObject();
        foreach (var (name, value) in map)
        {
            masked[Mask(name)] = Mask(value);
        }

        return masked;
    }

    /// <inheritdoc cref="Mask(JsonObject)"/>
    public JsonNode? Mask(JsonNode? node) => node switch
    {
        JsonObject map => Mask(map),
        JsonArray list => new JsonArray([.. list.Select(Mask)]),
        JsonValue value when value.GetValueKind() is JsonValueKind.String => Mask(value.GetValue<string>()),
        JsonValue value when value.GetValueKind() is JsonValueKind.Number && Reveals(value.ToJsonString()) => Mark,
        _ => node?.DeepClone(),
    };

    /// <summary>Whether a text holds a secret value in any form.</summary>
    public bool Reveals(string text) => _forms.Any(form => text.Contains(form, StringComparison.Ordinal));
}
