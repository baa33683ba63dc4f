namespace Waybill.Expressions;

/// <summary>An error on its way to the evaluator, which knows the place that the operation raising it does not.</summary>
internal sealed class Fault(string reason, string? limit = null, Exception? cause = null) : Exception(reason, cause)
{
    public static Fault Limit(string limit, string reason) => new(reason, limit);

    public ExpressionException Locate(string text, int offset)
    {
        var place = ErrorPlace.In(text, offset);

        return limit is null
            ? new ExpressionEvaluationException(place, Message, InnerException)
            : new ExpressionLimitException(place, limit, Message, InnerException);
    }
}
