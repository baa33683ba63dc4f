using System.Runtime.CompilerServices;
using Waybill.Expressions.Ast;

namespace Waybill.Expressions.Syntax;

/// <summary>Builds the tree of an expression from its tokens by precedence climbing.</summary>
internal sealed partial class Parser
{
    private readonly SourceText _source;
    private readonly List<Token> _tokens;
    private readonly List<(string Name, int Slot)> _locals = [];
    private readonly HashSet<string> _variables = new(StringComparer.Ordinal);
    private readonly HashSet<string> _functions = new(StringComparer.Ordinal);
    private int _index;
    private int _nesting;
    private int _slots;

    private Parser(SourceText source)
    {
        _source = source;
        _tokens = Lexer.Tokenize(source);
    }

    public static ParsedExpression Parse(SourceText source)
    {
        if (source.End - source.Start > ParseLimits.MaxLength)
        {
            throw source.LimitError(
                source.Start,
                nameof(ParseLimits.MaxLength),
                $"the expression is longer than {ParseLimits.MaxLength} characters");
        }

        var parser = new Parser(source);
        var root = parser.Sequence();
        if (parser.Current.Kind != TokenKind.End)
        {
            throw parser.Unexpected();
        }

        return new ParsedExpression(source, root, parser._slots, parser._variables, parser._functions);
    }

    private Token Current => _tokens[_index];

    private Token Following => _tokens[Math.Min(_index + 1, _tokens.Count - 1)];

    private Token Take()
    {
        var token = Current;
        if (token.Kind != TokenKind.End)
        {
            _index++;
        }

        return token;
    }

    private bool Accept(string symbol)
    {
        if (Current.Kind is not (TokenKind.Operator or TokenKind.Bracket) || Current.Text != symbol)
        {
            return false;
        }

        _index++;

        return true;
    }

    private void Expect(string symbol)
    {
        if (!Accept(symbol))
        {
            throw _source.Error(Current.Offset, $"expected {symbol}, got {Current.Describe()}");
        }
    }

    private ExpressionSyntaxException Unexpected() => _source.Error(Current.Offset, $"unexpected {Current.Describe()}");

    private TNode Checked<TNode>(TNode node)
        where TNode : Node
    {
        if (node.Height > ParseLimits.MaxChain)
        {
            throw _source.LimitError(
                node.Offset,
                nameof(ParseLimits.MaxChain),
                $"the expression chains more than {ParseLimits.MaxChain} operations");
        }

        return node;
    }

    private Node Nested(Func<Node> parse)
    {
        if (++_nesting > ParseLimits.MaxNesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw _source.LimitError(
                Current.Offset,
                nameof(ParseLimits.MaxNesting),
                $"the expression nests deeper than {ParseLimits.MaxNesting}");
        }

        var node = parse();
        _nesting--;

        return node;
    }

    private Node Sequence()
    {
        var first = Expression();
        if (!Current.IsOperator(";"))
        {
            return first;
        }

        var nodes = new List<Node> { first };
        while (Accept(";") && Current.Kind != TokenKind.End)
        {
            nodes.Add(Expression());
        }

        return nodes.Count == 1 ? first : Checked(new SequenceNode(first.Offset, [.. nodes]));
    }

    private Node Expression() => Nested(() =>
        Current.IsOperator("let") ? Declaration()
        : Current.IsOperator("if") ? IfElse()
        : Ternary(Binary(0)));

    private LetNode Declaration()
    {
        Take();
        var name = Current;
        if (name.Kind != TokenKind.Identifier)
        {
            throw _source.Error(name.Offset, $"expected a name after let, got {name.Describe()}");
        }

        if (Builtins.BuiltinTable.IsBuiltin(name.Text) || _locals.Exists(local => local.Name == name.Text))
        {
            throw _source.Error(name.Offset, $"cannot redeclare {name.Text}");
        }

        Take();
        Expect("=");
        var value = Expression();
        Expect(";");
        var slot = _slots++;
        _locals.Add((name.Text, slot));
        var body = Sequence();
        _locals.RemoveAt(_locals.Count - 1);

        return Checked(new LetNode(name.Offset, slot, value, body));
    }

    private Node IfElse()
    {
        var start = Take();
        var condition = Expression();
        var then = Block();
        Expect("else");
        var otherwise = Current.IsOperator("if") ? Nested(IfElse) : Block();

        return Checked(new ConditionalNode(start.Offset, condition, then, otherwise));
    }

    private Node Block()
    {
        Expect("{");
        var body = Sequence();
        Expect("}");

        return body;
    }

    private Node Ternary(Node condition)
    {
        while (Current.IsOperator("?"))
        {
            var mark = Take();
            if (Accept(":"))
            {
                condition = Checked(new ConditionalNode(mark.Offset, condition, condition, Expression()));
                continue;
            }

            var then = Expression();
            Expect(":");
            condition = Checked(new ConditionalNode(mark.Offset, condition, then, Expression()));
        }

        return condition;
    }
}
