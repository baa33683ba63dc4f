using Waybill.Expressions.Ast;
using Waybill.Expressions.Builtins;
using Waybill.Expressions.Runtime;

namespace Waybill.Expressions.Syntax;

internal sealed partial class Parser
{
    // Names of the functions whose predicates enclose the current place, innermost on top.
    private readonly Stack<string> _predicates = new();

    private Node Postfix(Node node)
    {
        while (true)
        {
            if (Current.IsOperator(".") || Current.IsOperator("?."))
            {
                node = Checked(Member(node));
            }
            else if (Current.IsBracket("["))
            {
                node = Checked(Element(node, isOptional: false));
            }
            else
            {
                return node;
            }
        }
    }

    private Node Member(Node target)
    {
        var isOptional = Take().Text == "?.";
        if (isOptional && Current.IsBracket("["))
        {
            return Element(target, isOptional: true);
        }

        var name = Current;
        if (name.Kind != TokenKind.Identifier && !(name.Kind == TokenKind.Operator && Operators.IsWord(name.Text)))
        {
            throw _source.Error(name.Offset, $"expected a name, got {name.Describe()}");
        }

        Take();
        var chain = target as ChainNode;
        var inner = chain?.Inner ?? target;
        Node member = Current.IsBracket("(")
            ? new MethodCallNode(name.Offset, inner, name.Text, isOptional, ArgumentList())
            : new MemberNode(name.Offset, inner, name.Text, isOptional);

        return chain is not null || isOptional ? new ChainNode(name.Offset, member) : member;
    }

    private Node Element(Node target, bool isOptional)
    {
        var bracket = Take();
        var from = Current.IsOperator(":") ? null : Expression();
        if (!Accept(":"))
        {
            Expect("]");
            var index = new IndexNode(bracket.Offset, target, from!, isOptional);

            return isOptional ? new ChainNode(bracket.Offset, index) : index;
        }

        var to = Current.IsBracket("]") ? null : Expression();
        Expect("]");

        return new SliceNode(bracket.Offset, target, from, to);
    }

    private Node GlobalCall()
    {
        Take();
        var name = Current;
        if (!BuiltinTable.IsBuiltin(name.Text))
        {
            throw _source.Error(name.Offset, $"expected a built-in function after ::, got {name.Describe()}");
        }

        Take();

        return Call(name, []);
    }

    private Node Call(Token name, Node[] piped)
    {
        if (BuiltinTable.FindPredicate(name.Text) is { } predicate)
        {
            return Checked(PredicateCall(name, predicate, piped));
        }

        Node[] arguments = [.. piped, .. ArgumentList()];
        if (BuiltinTable.Find(name.Text) is not { } builtin)
        {
            _functions.Add(name.Text);

            return Checked(new CallNode(name.Offset, name.Text, arguments));
        }

        return arguments.Length >= builtin.MinArguments && arguments.Length <= builtin.MaxArguments
            ? Checked(new BuiltinNode(name.Offset, builtin, arguments))
            : throw WrongArity(name, builtin.MinArguments, builtin.MaxArguments, arguments.Length);
    }

    private Node[] ArgumentList()
    {
        Expect("(");
        var arguments = new List<Node>();
        while (!Current.IsBracket(")"))
        {
            arguments.Add(Expression());
            if (!Accept(","))
            {
                break;
            }
        }

        Expect(")");

        return [.. arguments];
    }

    private PredicateCallNode PredicateCall(Token name, PredicateBuiltin builtin, Node[] piped)
    {
        Expect("(");
        var most = builtin.TakesExtra ? 3 : 2;
        var parts = new Node?[3];
        var count = piped.Length;
        piped.CopyTo(parts, 0);
        while (!Current.IsBracket(")") && count < most)
        {
            parts[count] = count == 1 ? Predicate(name.Text) : Expression();
            count++;
            if (!Accept(","))
            {
                break;
            }
        }

        var least = builtin.NeedsPredicate ? 2 : 1;
        if (count < least)
        {
            throw WrongArity(name, least, most, count);
        }

        Expect(")");

        return new PredicateCallNode(name.Offset, builtin, parts[0]!, parts[1], parts[2]);
    }

    private Node Predicate(string function)
    {
        _predicates.Push(function);
        var body = Accept("{") ? BracedPredicate() : Expression();
        _predicates.Pop();

        return Current.IsOperator(";")
            ? throw _source.Error(Current.Offset, "wrap the predicate with { and }")
            : body;
    }

    private Node BracedPredicate()
    {
        var body = Sequence();
        Expect("}");

        return body;
    }

    private ExpressionSyntaxException WrongArity(Token name, int least, int most, int got) =>
        _source.Error(name.Offset, Arity.Describe(name.Text, least, most, got));
}
