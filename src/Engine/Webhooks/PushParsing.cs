namespace Waybill.Engine.Webhooks;

/// <summary>What came of reading a push webhook's body.</summary>
public abstract record PushParsing
{
    private PushParsing()
    {
    }

    /// <summary>The body is a push.</summary>
    public sealed record Parsed(GitHubPush Push) : PushParsing;

    /// <summary>The body is not a push that Waybill can rely on.</summary>
    /// <param name="Problem">What is wrong, in a sentence without a value from the body.</param>
    /// <param name="Where">The JSON path, such as <c>$.commits[2].id</c>; <c>$</c> for the whole body.</param>
    public sealed record Rejected(string Problem, string Where) : PushParsing;
}
