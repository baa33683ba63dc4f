namespace Waybill.Expressions;

/// <summary>Thrown by a function of the scope to fail the evaluation; the evaluator adds the function's name and place.</summary>
public sealed class ExpressionFunctionException : Exception
{
    public ExpressionFunctionException(string message)
        : base(message)
    {
    }

    public ExpressionFunctionException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
