using System.Text.RegularExpressions;
using Waybill.Domain.Promotions;

namespace Waybill.Engine.Steps.Git;

/// <summary>The line at a commit message's end that names the promotion: whoever reads the history finds the way back, and so does Waybill.</summary>
internal static partial class PromotionTrailer
{
    public const string Key = "Waybill-Promotion";

    public static string Append(string message, Promotion promotion)
    {
        var text = message.ReplaceLineEndings("\n").TrimEnd();
        var paragraph = text.LastIndexOf("\n\n", StringComparison.Ordinal);
        var endsWithTrailers = paragraph >= 0 && text[(paragraph + 2)..].Split('\n').All(line => Trailer().IsMatch(line));
        return $"{text}{(endsWithTrailers ? "\n" : "\n\n")}{Key}: {promotion.Project}/{promotion.Name}";
    }

    [GeneratedRegex(@"\A[A-Za-z0-9-]+: .+\z", RegexOptions.NonBacktracking)]
    private static partial Regex Trailer();
}
