using Waybill.Expressions.Syntax;

namespace Waybill.Expressions.Templates;

/// <summary>Paths into JSON documents as people write them.</summary>
internal static class JsonPath
{
    public static string Member(string path, string key) =>
        key.Length > 0 && Identifiers.LengthAt(key, 0, key.Length) == key.Length ? $"{path}.{key}" : $"{path}[\"{key}\"]";
}
