using System.Text.RegularExpressions;

namespace Waybill.Engine.Discovery;

/// <summary>Regular expressions from manifests. As in Go, matching takes time linear in the text, whatever the expression.</summary>
internal static class BoundedRegex
{
    /// <exception cref="FormatException">The expression can't be read or needs backtracking; the message says why.</exception>
    public static Regex Parse(string expression)
    {
        try
        {
            // Go writes named groups (?P<name>…).
            return new Regex(expression.Replace("(?P<", "(?<", StringComparison.Ordinal), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message, e);
        }
        catch (NotSupportedException e)
        {
            throw new FormatException("lookarounds, backreferences and atomic groups are not supported, as in Kargo.", e);
        }
    }
}
