namespace Waybill.Expressions.Tests.Language;

public sealed class ErrorsTests
{
    [Theory]
    [InlineData("", "unexpected end of expression (1:1)")]
    [InlineData("foo.", "expected a name, got end of expression (1:5)")]
    [InlineData("a+", "unexpected end of expression (1:3)")]
    [InlineData("a ? (1+2) c", "expected :, got identifier \"c\" (1:11)")]
    [InlineData("[a b]", "expected ], got identifier \"b\" (1:4)")]
    [InlineData("foo.bar(a b)", "expected ), got identifier \"b\" (1:11)")]
    [InlineData("{-}", "a map key is a name, a string, a number, or an expression in parentheses, got operator \"-\" (1:2)")]
    [InlineData("[1, 2, 3,,]", "unexpected operator \",\" (1:10)")]
    [InlineData("[,]", "unexpected operator \",\" (1:2)")]
    [InlineData("foo ?? bar || baz", "operator || and ?? cannot be mixed, put either into parentheses (1:12)")]
    [InlineData("0b15", "bad number syntax: 0b15 (1:4)")]
    [InlineData("0x", "invalid integer 0x (1:1)")]
    [InlineData("1E", "invalid float 1E (1:1)")]
    [InlineData("1e999", "invalid float 1e999 (1:1)")]
    [InlineData("9223372036854775808", "the integer does not fit 64 bits (1:1)")]
    [InlineData("0xffffffffffffffff", "the integer does not fit 64 bits (1:1)")]
    [InlineData("1 not == [1]", "unexpected operator \"==\" after not (1:7)")]
    [InlineData("foo(1; 2; 3)", "expected ), got operator \";\" (1:6)")]
    [InlineData("map(ls, 1; 2; 3)", "wrap the predicate with { and } (1:10)")]
    [InlineData("1 + if true { 2 } else { 3 }", "unexpected operator \"if\" (1:5)")]
    [InlineData("if a { 1 } else b", "expected {, got identifier \"b\" (1:17)")]
    [InlineData("list | all(#,,)", "expected ), got operator \",\" (1:14)")]
    [InlineData("a | 1", "expected a function after |, got number \"1\" (1:5)")]
    [InlineData("'abc", "string not terminated (1:1)")]
    [InlineData("x == `abc", "string not terminated (1:6)")]
    [InlineData("'a\\q'", "invalid escape in string (1:3)")]
    [InlineData("'\\u12'", "invalid escape in string (1:2)")]
    [InlineData("1 /* 2", "unclosed comment (1:3)")]
    [InlineData("a @ b", "unrecognized character '@' (1:3)")]
    [InlineData("a & b", "unrecognized character '&' (1:3)")]
    [InlineData("a = b", "unexpected operator \"=\" (1:3)")]
    [InlineData("#", "unexpected operator \"#\" (1:1)")]
    [InlineData("map(a, #foo)", "unknown pointer #foo, there are #, #index and #acc (1:8)")]
    [InlineData("map(a, #acc)", "#acc is known in the predicate of reduce only (1:8)")]
    [InlineData("let len = 1; len", "cannot redeclare len (1:5)")]
    [InlineData("let a = 1; let a = 2; a", "cannot redeclare a (1:16)")]
    [InlineData("let 1 = 2; 3", "expected a name after let, got number \"1\" (1:5)")]
    [InlineData("let a = 1", "expected ;, got end of expression (1:10)")]
    [InlineData("len()", "invalid number of arguments for len (expected 1, got 0) (1:1)")]
    [InlineData("trim('a', 'b', 'c')", "invalid number of arguments for trim (expected 1 or 2, got 3) (1:1)")]
    [InlineData("filter(a)", "invalid number of arguments for filter (expected 2, got 1) (1:1)")]
    [InlineData("a matches '['", "invalid pattern: unterminated bracket (1:11)")]
    [InlineData("a matches '(?=b)'", "invalid pattern: lookarounds, backreferences and huge repetitions are not supported (1:11)")]
    [InlineData("::nope()", "expected a built-in function after ::, got identifier \"nope\" (1:3)")]
    public void Syntax_errors_say_what_and_where(string expression, string expected)
    {
        var parsed = Expression.TryParse(expression, out _, out var error);

        Assert.False(parsed);
        Assert.IsType<ExpressionSyntaxException>(error);
        Assert.Equal(expected, error.Message.Split('\n')[0]);
    }

    [Theory]
    [InlineData("1 + foo", "unknown name foo (1:5)")]
    [InlineData("usr.Name", "unknown name usr; did you mean user? (1:1)")]
    [InlineData("NUMBERS", "unknown name NUMBERS; did you mean numbers? (1:1)")]
    [InlineData("uper('a')", "unknown name uper; did you mean upper? (1:1)")]
    [InlineData("quot(1)", "unknown name quot; did you mean quote? (1:1)")]
    [InlineData("quote", "quote is a function; call it as quote(...) (1:1)")]
    [InlineData("len + 1", "len is a function; call it as len(...) (1:1)")]
    [InlineData("user(1)", "user is not a function (1:1)")]
    [InlineData("commit.Id", "commit has no field Id; did you mean ID? (1:8)")]
    [InlineData("space.double", "double is a function; call it as double(...) (1:7)")]
    [InlineData("user.Manager.Name", "cannot read Name of nil; ?.Name would give nil (1:14)")]
    [InlineData("user.Manager[0]", "cannot read an element of nil; ?.[ ] would give nil (1:14)")]
    [InlineData("user.Name.First", "string has no field First (1:11)")]
    [InlineData("text[0]", "a string has no elements; s[0:1] is its first character (1:6)")]
    [InlineData("day.Year", "Year is a method of time.Time, call it as Year() (1:5)")]
    [InlineData("day.Yeer()", "time.Time has no method Yeer; did you mean Year? (1:5)")]
    [InlineData("user.Name()", "Name is not a function (1:6)")]
    [InlineData("numbers[-7]", "index out of range: -7 (array length is 5) (1:9)")]
    [InlineData("numbers['a']", "array index: expected an int, got string (1:9)")]
    [InlineData("user[1]", "cannot use int as the key of a map, its keys are strings (1:6)")]
    [InlineData("{(1): 2}", "map key: expected a string, got int (1:3)")]
    [InlineData("1 + 'a'", "invalid operation: int + string (1:3)")]
    [InlineData("1 < 'a'", "invalid operation: int < string (1:3)")]
    [InlineData("1.5 % 2", "invalid operation: float % int (1:5)")]
    [InlineData("1 % 0", "integer divide by zero (1:3)")]
    [InlineData("-'a'", "invalid operation: - string (1:1)")]
    [InlineData("not 1", "expected a bool, got int (1:1)")]
    [InlineData("yes and 1", "expected a bool, got int (1:9)")]
    [InlineData("1 ? 2 : 3", "expected a bool, got int (1:1)")]
    [InlineData("1 in 'a'", "operator \"in\" is not defined on string (1:3)")]
    [InlineData("1 contains 'a'", "contains: expected a string, got int (1:3)")]
    [InlineData("filter(numbers, # + 1)", "expected the predicate to give a bool, got int (1:1)")]
    [InlineData("map(1, #)", "map: expected an array, got int (1:1)")]
    [InlineData("reduce(10..1, # + #acc)", "reduce of empty array with no initial value (1:1)")]
    [InlineData("1 + add(1)", "invalid number of arguments for add (expected 2, got 1) (1:5)")]
    [InlineData("1 + fails()", "fails: no luck (1:5)")]
    [InlineData("add('a', 1)", "add: Unable to cast object of type 'System.String' to type 'System.Int64'. (1:1)")]
    [InlineData("text matches '(' + ''", "invalid pattern: insufficient closing parentheses (1:6)")]
    public void Runtime_errors_say_what_and_where(string expression, string expected)
    {
        var error = Assert.Throws<ExpressionEvaluationException>(() => Sample.Evaluate(expression));

        Assert.Equal(expected, error.Message.Split('\n')[0]);
    }

    [Fact]
    public void A_snippet_shows_the_line_with_a_caret_under_the_character()
    {
        var error = Assert.Throws<ExpressionEvaluationException>(() => Sample.Evaluate("let 北 = 1;\n\t[北, '京', wrong]"));

        Assert.Equal(new TextPosition(21, 2, 11), error.Position);
        Assert.Equal(" |  [北, '京', wrong]\n | ..........^", error.Snippet);
        Assert.Equal("unknown name wrong (2:11)\n |  [北, '京', wrong]\n | ..........^", error.Message);
    }

    [Fact]
    public void A_snippet_of_a_long_line_shows_the_part_around_the_error()
    {
        var error = Assert.Throws<ExpressionEvaluationException>(
            () => Sample.Evaluate($"'{new string('a', 500)}' + wrong + '{new string('b', 500)}'"));

        Assert.Equal(506, error.Position.Column);
        Assert.True(error.Snippet.Length < 250);
        Assert.Equal(error.Snippet.Split('\n')[0].IndexOf("wrong", StringComparison.Ordinal), error.Snippet.Split('\n')[1].IndexOf('^'));
    }

    [Fact]
    public void What_a_function_throws_besides_its_own_errors_passes_through()
    {
        var scope = new ExpressionScope.Builder()
            .Function("secret", 1, 1, _ => throw new TimeoutException("vault"))
            .Build();

        Assert.Throws<TimeoutException>(() => Expression.Parse("secret('a')").Evaluate(scope));
    }

    [Fact]
    public void A_condition_must_be_a_bool()
    {
        var error = Assert.Throws<ExpressionEvaluationException>(() => Expression.Parse("1 + 1").EvaluateCondition(Sample.Scope));

        Assert.Equal("expected the condition to be a bool, got int", error.Reason);
        Assert.True(Expression.Parse("1 + 1 == 2").EvaluateCondition(Sample.Scope));
    }
}
