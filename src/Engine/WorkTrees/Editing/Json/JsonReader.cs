using System.Text.Json;

namespace Waybill.Engine.WorkTrees.Editing.Json;

/// <summary>Reads where the values of a JSON text stand. Comments and commas after the last value are no mistake here.</summary>
internal static class JsonReader
{
    public static readonly JsonReaderOptions Options = new()
    {
        MaxDepth = EditLimits.MaxDepth,
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>The value; null when the text is blank.</summary>
    /// <exception cref="FileEditException">It is not JSON.</exception>
    public static JsonSpan? Read(byte[] text)
    {
        if (text.All(b => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(text, Options);
            reader.Read();
            var root = ReadValue(ref reader);
            reader.Read();
            return root;
        }
        catch (JsonException broken)
        {
            throw NotJson(broken);
        }
    }

    public static FileEditException NotJson(JsonException broken)
    {
        var end = broken.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return new FileEditException(
            $"line {broken.LineNumber + 1}, column {broken.BytePositionInLine + 1}: not JSON: {(end < 0 ? broken.Message : broken.Message[..end])}", broken);
    }

    private static JsonSpan ReadValue(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new List<JsonMember>();
                while (reader.Read() && reader.TokenType is not JsonTokenType.EndObject)
                {
                    members.Add(ReadMember(ref reader));
                }

                return new JsonObjectSpan(members, start, (int)reader.BytesConsumed);
            case JsonTokenType.StartArray:
                var items = new List<JsonSpan>();
                while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
                {
                    items.Add(ReadValue(ref reader));
                }

                return new JsonArraySpan(items, start, (int)reader.BytesConsumed);
            default:
                return new JsonScalarSpan(reader.TokenType is JsonTokenType.Null, start, (int)reader.BytesConsumed);
        }
    }

    private static JsonMember ReadMember(ref Utf8JsonReader reader)
    {
        var (name, start) = (reader.GetString()!, (int)reader.TokenStartIndex);
        var nameEnd = start + reader.ValueSpan.Length + 2;
        reader.Read();
        return new JsonMember(name, start, nameEnd, ReadValue(ref reader));
    }
}
