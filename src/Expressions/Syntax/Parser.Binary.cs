using Waybill.Expressions.Ast;
using Waybill.Expressions.Patterns;

namespace Waybill.Expressions.Syntax;

internal sealed partial class Parser
{
    private Node Binary(int precedence)
    {
        var left = Unary();
        var previous = "";
        while (true)
        {
            var not = TakeNotBefore(precedence);
            var operation = Current;
            if (Operators.BinaryPrecedence(operation) is not { } binding || binding < precedence)
            {
                return left;
            }

            Take();
            left = operation.Text == Operators.Pipe
                ? Piped(left)
                : Checked(Applied(left, operation, binding, previous));
            left = not is { } negation ? Checked(new NotNode(negation.Offset, left)) : left;
            previous = operation.Text;
        }
    }

    // In "a not in b" the not belongs to the operator after it.
    private Token? TakeNotBefore(int precedence)
    {
        if (!Current.IsOperator("not"))
        {
            return null;
        }

        if (!Operators.CanFollowNot(Following.Text))
        {
            throw _source.Error(Following.Offset, $"unexpected {Following.Describe()} after not");
        }

        return Operators.BinaryPrecedence(Following) >= precedence ? Take() : null;
    }

    private Node Piped(Node left)
    {
        var name = Current;
        if (name.Kind != TokenKind.Identifier)
        {
            throw _source.Error(name.Offset, $"expected a function after |, got {name.Describe()}");
        }

        Take();

        return Postfix(Call(name, [left]));
    }

    private Node Applied(Node left, Token operation, int binding, string previous)
    {
        if (previous == Operators.Coalesce && operation.Text != Operators.Coalesce)
        {
            throw _source.Error(
                operation.Offset,
                $"operator {operation.Text} and ?? cannot be mixed, put either into parentheses");
        }

        if (Operators.IsOrdering(operation))
        {
            return Ordered(left, operation, binding);
        }

        var right = Nested(() => Binary(Operators.IsRightAssociative(operation.Text) ? binding : binding + 1));

        return operation.Text switch
        {
            "and" or "&&" => new LogicNode(operation.Offset, decisive: false, left, right),
            "or" or "||" => new LogicNode(operation.Offset, decisive: true, left, right),
            Operators.Coalesce => new CoalesceNode(operation.Offset, left, right),
            "matches" => Matched(left, operation, right),
            "in" when right is RangeNode range => new InRangeNode(operation.Offset, left, range.From, range.To),
            ".." => new RangeNode(operation.Offset, left, right),
            _ => new BinaryNode(operation.Offset, BinaryOperations.Of(operation.Text), left, right),
        };
    }

    private OrderingNode Ordered(Node left, Token operation, int binding)
    {
        var links = new List<(string, int, Node)>();
        for (var more = true; more;)
        {
            var sign = operation;
            links.Add((sign.Text, sign.Offset, Nested(() => Binary(binding + 1))));
            operation = Current;
            more = Operators.IsOrdering(operation);
            if (more)
            {
                Take();
            }
        }

        return new OrderingNode(left, [.. links]);
    }

    private MatchesNode Matched(Node text, Token operation, Node pattern)
    {
        if (pattern is not ConstantNode { Value: string source })
        {
            return new MatchesNode(operation.Offset, text, pattern, null);
        }

        try
        {
            return new MatchesNode(operation.Offset, text, pattern, TextPattern.Compile(source));
        }
        catch (Fault invalid)
        {
            throw _source.Error(pattern.Offset, invalid.Message, invalid);
        }
    }

    private Node Unary()
    {
        if (Operators.UnaryPrecedence(Current) is not { } binding)
        {
            return Primary();
        }

        var sign = Take();
        var operand = Nested(() => Binary(binding));
        Node node = sign.Text is "not" or "!"
            ? new NotNode(sign.Offset, operand)
            : new SignNode(sign.Offset, sign.Text == "-", operand);

        return Checked(node);
    }
}
