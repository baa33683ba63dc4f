using System.Text;
using Waybill.Expressions.Ast;
using Waybill.Expressions.Values;

namespace Waybill.Expressions.Syntax;

internal sealed partial class Parser
{
    private Node Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Identifier:
                return Identifier();
            case TokenKind.Number:
                Take();
                return new ConstantNode(token.Offset, NumberLiteral.Parse(token, _source));
            case TokenKind.String:
                Take();
                return Postfix(new ConstantNode(token.Offset, token.Text));
            case TokenKind.Bytes:
                Take();
                return Postfix(new ConstantNode(token.Offset, new ByteArray(Encoding.Latin1.GetBytes(token.Text))));
            case TokenKind.Bracket:
                return Postfix(Bracketed());
            case TokenKind.Operator when token.Text == "::":
                return Postfix(GlobalCall());
            case TokenKind.Operator when token.Text is "#" or "." && _predicates.Count > 0:
                return Postfix(PointerAt());
            default:
                throw Unexpected();
        }
    }

    private Node Identifier()
    {
        var name = Take();
        switch (name.Text)
        {
            case "true":
                return new ConstantNode(name.Offset, Boxed.True);
            case "false":
                return new ConstantNode(name.Offset, Boxed.False);
            case "nil":
                return new ConstantNode(name.Offset, null);
            default:
                return Postfix(Current.IsBracket("(") ? Call(name, []) : Named(name));
        }
    }

    private Node Named(Token name)
    {
        var local = _locals.FindLastIndex(candidate => candidate.Name == name.Text);
        if (local >= 0)
        {
            return new LocalNode(name.Offset, _locals[local].Slot);
        }

        if (name.Text == "$env")
        {
            return new EnvironmentNode(name.Offset);
        }

        _variables.Add(name.Text);

        return new VariableNode(name.Offset, name.Text);
    }

    private Node Bracketed()
    {
        if (Current.IsBracket("["))
        {
            return ArrayLiteral();
        }

        if (Current.IsBracket("{"))
        {
            return MapLiteral();
        }

        if (!Accept("("))
        {
            throw Unexpected();
        }

        var inner = Sequence();
        Expect(")");

        return inner;
    }

    private ArrayNode ArrayLiteral()
    {
        var start = Take();
        var items = new List<Node>();
        while (!Current.IsBracket("]"))
        {
            items.Add(Expression());
            if (!Accept(","))
            {
                break;
            }
        }

        Expect("]");

        return Checked(new ArrayNode(start.Offset, [.. items]));
    }

    private MapNode MapLiteral()
    {
        var start = Take();
        var entries = new List<(Node, Node)>();
        while (!Current.IsBracket("}"))
        {
            var key = MapKey();
            Expect(":");
            entries.Add((key, Expression()));
            if (!Accept(","))
            {
                break;
            }
        }

        Expect("}");

        return Checked(new MapNode(start.Offset, [.. entries]));
    }

    private Node MapKey()
    {
        if (Current.Kind is TokenKind.Identifier or TokenKind.String or TokenKind.Number)
        {
            var key = Take();

            return new ConstantNode(key.Offset, key.Text);
        }

        return Current.IsBracket("(")
            ? Expression()
            : throw _source.Error(
                Current.Offset,
                $"a map key is a name, a string, a number, or an expression in parentheses, got {Current.Describe()}");
    }

    private PointerNode PointerAt()
    {
        var mark = Current;
        if (mark.Text == ".")
        {
            return new PointerNode(mark.Offset, Pointer.Item);
        }

        Take();
        if (Current.Kind != TokenKind.Identifier)
        {
            return new PointerNode(mark.Offset, Pointer.Item);
        }

        var name = Take();

        return name.Text switch
        {
            "index" => new PointerNode(mark.Offset, Pointer.Index),
            "acc" when _predicates.Peek() == "reduce" => new PointerNode(mark.Offset, Pointer.Accumulator),
            "acc" => throw _source.Error(mark.Offset, "#acc is known in the predicate of reduce only"),
            _ => throw _source.Error(mark.Offset, $"unknown pointer #{name.Text}, there are #, #index and #acc"),
        };
    }
}
