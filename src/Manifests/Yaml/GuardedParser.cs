using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Waybill.Manifests.Yaml;

/// <summary>
/// YamlDotNet's parser, except that text its scanner stumbles over is a syntax error with a place. The scanner itself throws
/// <see cref="InvalidOperationException"/> for some malformed plain values in braces.
/// </summary>
internal sealed class GuardedParser : IParser
{
    private readonly Scanner _scanner;
    private readonly Parser _parser;

    public GuardedParser(string text)
    {
        _scanner = new Scanner(new StringReader(text));
        _parser = new Parser(_scanner);
    }

    public ParsingEvent? Current => _parser.Current;

    public bool MoveNext()
    {
        try
        {
            return _parser.MoveNext();
        }
        catch (Exception stumbled) when (stumbled is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            var here = _scanner.CurrentPosition;
            throw new YamlException(here, here, "characters here that are not allowed in a plain value: put it in quotes", stumbled);
        }
    }
}
