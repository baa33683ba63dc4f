using System.Collections;

namespace Waybill.Expressions.Values;

/// <summary>A bytes literal: an array of integers that JSON writes as base64 and patterns read as UTF-8.</summary>
internal sealed class ByteArray(byte[] bytes) : IReadOnlyList<object?>
{
    public ReadOnlySpan<byte> Bytes => bytes;

    public int Count => bytes.Length;

    public object? this[int index] => Boxed.Of((long)bytes[index]);

    public ByteArray Slice(int from, int to) => new(bytes[from..to]);

    public IEnumerator<object?> GetEnumerator()
    {
        foreach (var value in bytes)
        {
            yield return Boxed.Of((long)value);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
