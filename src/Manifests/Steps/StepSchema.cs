namespace Waybill.Manifests.Steps;

/// <summary>What a kind of step may be configured with, so that mistakes are found when manifests load.</summary>
/// <param name="Uses">The kind, as <c>uses</c> names it.</param>
/// <param name="Config">The shape of <c>config</c>.</param>
public sealed record StepSchema(string Uses, ObjectShape Config);

/// <summary>What a value in a step's configuration may be. A value with an expression in it may be anything.</summary>
public abstract record ConfigShape
{
    private protected ConfigShape()
    {
    }

    /// <summary>Any value at all.</summary>
    public static ConfigShape Any { get; } = new AnyShape();

    public static ConfigShape Text { get; } = new TextShape();

    /// <summary>True or false.</summary>
    public static ConfigShape Flag { get; } = new FlagShape();

    /// <summary>A Go duration of more than zero.</summary>
    public static ConfigShape Duration { get; } = new DurationShape();

    /// <summary>An expression that stands without <c>${{ }}</c>.</summary>
    public static ConfigShape Expression { get; } = new ExpressionShape();

    /// <summary>Any value, which changes nothing; a notice says why.</summary>
    public static ConfigShape NoEffect(string why) => new NoEffectShape(why);

    public static ConfigShape WholeNumber(int min, int max = int.MaxValue) => new IntegerShape(min, max);

    public static ConfigShape OneOf(params string[] values) => new ChoiceShape(values);

    /// <summary>The same, saying what to do when it is another value.</summary>
    public static ConfigShape Only(string value, string otherwise) => new ChoiceShape([value], otherwise);

    public static ConfigShape ListOf(ConfigShape item, bool mayBeEmpty = true) => new ListShape(item, mayBeEmpty);
}

/// <summary>A mapping with known fields.</summary>
public sealed record ObjectShape : ConfigShape
{
    public IReadOnlyDictionary<string, ConfigShape> Fields { get; init; } = new Dictionary<string, ConfigShape>();

    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Fields that Kargo's step has and ours does not, with what to do instead.</summary>
    public IReadOnlyDictionary<string, string> Refused { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether fields of other names are welcome, of any type.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether it may have no field at all.</summary>
    public bool MayBeEmpty { get; init; } = true;

    /// <summary>A rule among fields: given the names that are set, what is wrong; null when nothing is.</summary>
    public Func<IReadOnlySet<string>, string?>? Rule { get; init; }
}

internal sealed record AnyShape : ConfigShape;

internal sealed record NoEffectShape(string Why) : ConfigShape;

internal sealed record TextShape : ConfigShape;

internal sealed record FlagShape : ConfigShape;

internal sealed record DurationShape : ConfigShape;

internal sealed record ExpressionShape : ConfigShape;

internal sealed record IntegerShape(int Min, int Max) : ConfigShape;

internal sealed record ChoiceShape(IReadOnlyList<string> Values, string? Otherwise = null) : ConfigShape;

internal sealed record ListShape(ConfigShape Item, bool MayBeEmpty) : ConfigShape;
