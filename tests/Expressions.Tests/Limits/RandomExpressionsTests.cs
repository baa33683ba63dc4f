using System.Text;
using Waybill.Expressions.Tests.Language;

namespace Waybill.Expressions.Tests.Limits;

/// <summary>Whatever is written, it has a value or an error with a place: nothing else is thrown and nothing hangs.</summary>
public sealed class RandomExpressionsTests
{
    private static readonly string[] Words =
    [
        "1", "0", "-1", "2.5", "1e300", "'a'", "\"b\"", "`c`", "b'd'", "''", "true", "false", "nil", "null", "zero", "one", "half", "yes",
        "text", "nothing", "numbers", "user", "users", "day", "space", "commit", "$env", "#", "#index", "#acc", ".Name", ".Age",
        "+", "-", "*", "/", "%", "**", "^", "==", "!=", "<", ">", "<=", ">=", "and", "or", "not", "!", "in", "matches", "contains",
        "startsWith", "endsWith", "..", "??", "?.", ".", "?", ":", "::", "|", ",", ";", "(", ")", "[", "]", "{", "}", "let x =", "x",
        "if", "else", "//", "/*", "*/", "@", "\\", "'", "\n", "😀",
        "len(", "map(", "filter(", "reduce(", "groupBy(", "sortBy(", "sort(", "sum(", "count(", "first(", "keys(", "toPairs(", "fromPairs(",
        "get(", "max(", "mean(", "flatten(", "uniq(", "concat(", "split(", "join(", "replace(", "repeat(", "trim(", "int(", "float(",
        "string(", "toJSON(", "fromJSON(", "toBase64(", "fromBase64(", "date(", "duration(", "now(", "timezone(", "bitshl(", "type(",
        "quote(", "asJSON(", "semverDiff(", "semverParse(", "add(", "fails(", ".Year()", ".Format(", ".Add(", "user.Name", "space.double(",
    ];

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 8)]
    [InlineData(3, 16)]
    [InlineData(4, 40)]
    public void Random_words_have_a_value_or_an_error_with_a_place(int seed, int longest)
    {
        var random = new Random(seed);
        for (var round = 0; round < 5_000; round++)
        {
            var text = RandomText(random, longest);
            try
            {
                Shown.Of(Sample.Evaluate(text));
                Template.Parse($"{text} ${{{{ {text} }}}}").Evaluate(Sample.Scope);
            }
            catch (ExpressionException error)
            {
                Assert.InRange(error.Position.Offset, 0, 2 * text.Length + 12);
            }
        }
    }

    [Fact]
    public void Grown_expressions_have_a_value_or_an_error_with_a_place()
    {
        var random = new Random(5);
        var values = 0;
        for (var round = 0; round < 10_000; round++)
        {
            var text = Grown(random, 4);
            try
            {
                Shown.Of(Sample.Evaluate(text));
                values++;
            }
            catch (ExpressionException error)
            {
                Assert.InRange(error.Position.Offset, 0, text.Length);
                Assert.IsNotType<ExpressionSyntaxException>(error);
            }
        }

        Assert.InRange(values, 500, 10_000);
    }

    private static string RandomText(Random random, int longest)
    {
        var text = new StringBuilder();
        for (var count = random.Next(1, longest + 1); count > 0; count--)
        {
            text.Append(Words[random.Next(Words.Length)]).Append(random.Next(4) == 0 ? "" : " ");
        }

        return text.ToString();
    }

    private static string Grown(Random random, int depth)
    {
        if (depth == 0 || random.Next(3) == 0)
        {
            return Pick(random, "0", "1", "7", "2.5", "'a'", "'2024-01-02'", "true", "nil", "numbers", "user", "users", "text", "day", "half");
        }

        string Next() => Grown(random, depth - 1);

        return random.Next(12) switch
        {
            0 => $"({Next()} {Pick(random, "+", "-", "*", "/", "%", "**", "==", "!=", "<", ">=", "in", "contains", "startsWith", "and", "or")} {Next()})",
            1 => $"(({Next()}) ?? ({Next()}))",
            2 => $"({Next()}) == ({Next()}) ? ({Next()}) : ({Next()})",
            3 => $"{Pick(random, "len", "type", "string", "first", "last", "keys", "abs", "upper", "sort", "toJSON", "uniq", "flatten", "reverse", "max", "int", "float", "date")}({Next()})",
            4 => $"{Pick(random, "filter", "any", "all", "count", "find", "findLastIndex")}({Next()}, # == ({Next()}))",
            5 => $"{Pick(random, "map", "groupBy", "sortBy", "sum")}({Next()}, {Pick(random, "#", "[#]", "#index", "string(#)")})",
            6 => $"[{Next()}, {Next()}]",
            7 => $"{{a: {Next()}, 'b': {Next()}}}",
            8 => $"({Next()})[{Next()}]",
            9 => $"({Next()})[{random.Next(-3, 3)}:{random.Next(-3, 6)}]",
            10 => $"({Next()})?.a",
            _ => $"reduce({Next()}, {Pick(random, "#acc + #", "[#acc, #]", "#index")}, {Next()})",
        };
    }

    private static string Pick(Random random, params string[] choices) => choices[random.Next(choices.Length)];
}
