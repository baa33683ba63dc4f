using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Waybill.Engine.WorkTrees.Editing;
using Waybill.Engine.WorkTrees.Editing.Yaml;

namespace Waybill.Engine.Tests.WorkTrees.Editing;

/// <summary>Whatever a file looks like, setting one value sets that value and touches nothing else.</summary>
public sealed class RandomYamlTests
{
    private static readonly YamlFormat Format = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Setting_one_value_of_any_file_changes_that_value_and_no_other_byte(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 400; round++)
        {
            var file = new Writer(random);
            var before = file.Write();
            var (path, span) = file.Leaves[random.Next(file.Leaves.Count)];
            var value = Values(random);

            var after = new UpdateEditor(Format).Apply(before, Update(path, value));

            Assert.Equal(before[..span.Start.Value], after[..span.Start.Value]);
            Assert.Equal(before[span.End..], after[^(before.Length - span.End.Value)..]);
            var expected = Format.Parse(before.TrimStart('\uFEFF'))!;
            Put(expected, path, value);
            Assert.Equal(expected.ToJsonString(), Format.Parse(after.TrimStart('\uFEFF'))!.ToJsonString());
        }
    }

    private static JsonObject Update(IReadOnlyList<string> path, JsonValue value) => new()
    {
        ["updates"] = new JsonArray(new JsonObject { ["key"] = string.Join('.', path.Select(Escaped)), ["value"] = value.DeepClone() }),
    };

    private static string Escaped(string part) => part.Replace("\\", "\\\\").Replace(".", "\\.").Replace(":", "\\:");

    private static JsonValue Values(Random random) => random.Next(5) switch
    {
        0 => JsonValue.Create(random.Next(-5, 100_000)),
        1 => JsonValue.Create(random.Next(2) == 0),
        2 => JsonValue.Create(string.Concat(Enumerable.Range(0, 40).Select(_ => "0123456789abcdef"[random.Next(random.Next(2) == 0 ? 10 : 16)]))),
        _ => JsonValue.Create(Text(random, "ab1 :#-'\"\\{}[],&*!|>%@`~=<\n\té😀.e0_x?", 12)),
    };

    private static string Text(Random random, string characters, int length)
    {
        // By runes, since half a character can't be written to a file.
        var runes = characters.EnumerateRunes().ToList();
        return string.Concat(Enumerable.Range(0, random.Next(length)).Select(_ => runes[random.Next(runes.Count)].ToString()));
    }

    private static void Put(JsonNode root, IReadOnlyList<string> path, JsonValue value)
    {
        var parent = path.Take(path.Count - 1).Aggregate(root, (node, part) => node is JsonArray list ? list[int.Parse(part, CultureInfo.InvariantCulture)]! : node[part]!);
        if (parent is JsonArray items)
        {
            items[int.Parse(path[^1], CultureInfo.InvariantCulture)] = value.DeepClone();
        }
        else
        {
            parent[path[^1]] = value.DeepClone();
        }
    }

    /// <summary>Writes a random file and remembers where its single values stand.</summary>
    private sealed class Writer(Random random)
    {
        private static readonly string[] Names = ["a", "spec", "image.tag", "example.com/x", "with space", "k:v", "é", "a-b", "_x", "n1"];

        private readonly StringBuilder _text = new();
        private readonly string _newline = random.Next(4) == 0 ? "\r\n" : "\n";

        public List<(IReadOnlyList<string> Path, Range Span)> Leaves { get; } = [];

        public string Write()
        {
            _text.Append(random.Next(8) == 0 ? "\uFEFF" : "");
            Comment(0);
            if (random.Next(4) == 0)
            {
                _text.Append("---").Append(_newline);
            }

            Mapping(0, [], 0);
            if (random.Next(3) == 0)
            {
                _text.Append("---").Append(_newline).Append("other: document").Append(_newline);
            }

            return _text.ToString();
        }

        private void Mapping(int indent, List<string> path, int depth)
        {
            foreach (var name in Names.OrderBy(_ => random.Next()).Take(random.Next(1, 4)))
            {
                Comment(indent);
                _text.Append(' ', indent).Append(Key(name)).Append(':');
                Value(indent, [.. path, name], depth);
            }
        }

        private void Sequence(int indent, List<string> path, int depth)
        {
            for (var i = 0; i < random.Next(1, 4); i++)
            {
                _text.Append(' ', indent).Append('-');
                Value(indent, [.. path, i.ToString(CultureInfo.InvariantCulture)], depth);
            }
        }

        private void Value(int indent, List<string> path, int depth)
        {
            var inner = indent + random.Next(1, 5);
            switch (random.Next(depth > 3 ? 4 : 8))
            {
                case 0 when random.Next(2) == 0:
                    Block(inner, path);
                    break;
                case 4 or 5:
                    EndLine();
                    Mapping(inner, path, depth + 1);
                    break;
                case 6:
                    EndLine();
                    Sequence(inner, path, depth + 1);
                    break;
                case 7:
                    _text.Append(' ');
                    Flow(path, depth + 1);
                    EndLine();
                    break;
                default:
                    _text.Append(' ', random.Next(1, 3));
                    Scalar(path, inFlow: false);
                    EndLine();
                    break;
            }
        }

        private void Flow(List<string> path, int depth)
        {
            var isList = random.Next(2) == 0;
            _text.Append(isList ? '[' : '{').Append(' ', random.Next(2));
            for (var i = 0; i < random.Next(1, 3); i++)
            {
                _text.Append(i > 0 ? ", " : "").Append(isList ? "" : $"f{i}: ");
                List<string> inner = [.. path, isList ? i.ToString(CultureInfo.InvariantCulture) : $"f{i}"];
                if (depth < 5 && random.Next(3) == 0)
                {
                    Flow(inner, depth + 1);
                }
                else
                {
                    Scalar(inner, inFlow: true);
                }
            }

            _text.Append(' ', random.Next(2)).Append(isList ? ']' : '}');
        }

        private void Scalar(List<string> path, bool inFlow)
        {
            var start = _text.Length;
            _text.Append(random.Next(7) switch
            {
                0 => $"'{Text(random, "ab'c: #", 8).Replace("'", "''")}'",
                1 => $"\"{Text(random, "ab c:#{},é😀", 8)}\"",
                2 => random.Next(1000).ToString(CultureInfo.InvariantCulture),
                3 => "true",
                4 when !inFlow => "two words",
                5 => "null",
                _ => "v1.2.3",
            });
            Leaves.Add((path, start.._text.Length));
        }

        private void Block(int indent, List<string> path)
        {
            var start = _text.Length + 1;
            _text.Append(random.Next(2) == 0 ? " |" : " >").Append(random.Next(2) == 0 ? "" : "-").Append(_newline);
            for (var i = 0; i < random.Next(1, 4); i++)
            {
                _text.Append(' ', indent).Append("line ").Append(i).Append(_newline);
            }

            Leaves.Add((path, start..(_text.Length - _newline.Length)));
        }

        private void Comment(int indent)
        {
            if (random.Next(4) == 0)
            {
                _text.Append(' ', indent).Append("# note: é😀").Append(_newline);
            }
        }

        private void EndLine() => _text.Append(random.Next(5) == 0 ? "  # note" : "").Append(random.Next(6) == 0 ? " " : "").Append(_newline);

        private static string Key(string name) => name.Contains(' ', StringComparison.Ordinal) ? $"\"{name}\"" : name;
    }
}
