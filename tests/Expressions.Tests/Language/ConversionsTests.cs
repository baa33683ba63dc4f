namespace Waybill.Expressions.Tests.Language;

public sealed class ConversionsTests
{
    [Theory]
    [InlineData("type(nil)", "'nil'")]
    [InlineData("type(true)", "'bool'")]
    [InlineData("type(42)", "'int'")]
    [InlineData("type(4.2)", "'float'")]
    [InlineData("type('hello')", "'string'")]
    [InlineData("type([])", "'array'")]
    [InlineData("type({})", "'map'")]
    [InlineData("type(now())", "'time.Time'")]
    [InlineData("type(duration('1s'))", "'time.Duration'")]
    [InlineData("type(fromJSON('1'))", "'int'")]
    [InlineData("type(fromJSON('1.0'))", "'float'")]
    [InlineData("int('123')", "123")]
    [InlineData("int('-7')", "-7")]
    [InlineData("int(5.9)", "5")]
    [InlineData("int(-5.9)", "-5")]
    [InlineData("int(duration('1us'))", "1000")]
    [InlineData("int(now().Month())", "2")]
    [InlineData("float('123.45')", "123.45")]
    [InlineData("float('1e3')", "1000.0")]
    [InlineData("float('0x1p-2')", "0.25")]
    [InlineData("float('1_000')", "1000.0")]
    [InlineData("float(5)", "5.0")]
    [InlineData("string(123)", "'123'")]
    [InlineData("string(5.5)", "'5.5'")]
    [InlineData("string(100000.0)", "'100000'")]
    [InlineData("string(1234567.0)", "'1.234567e+06'")]
    [InlineData("string(0.00001)", "'1e-05'")]
    [InlineData("string(1e23)", "'1e+23'")]
    [InlineData("string(-0.25)", "'-0.25'")]
    [InlineData("string(nil)", "'<nil>'")]
    [InlineData("string(true)", "'true'")]
    [InlineData("string('a')", "'a'")]
    [InlineData("string([1, 'b', nil, [2.5]])", "'[1 b <nil> [2.5]]'")]
    [InlineData("string({b: 1, a: [2]})", "'map[a:[2] b:1]'")]
    [InlineData("string(1/0.0)", "'+Inf'")]
    [InlineData("toBase64('Hello World')", "'SGVsbG8gV29ybGQ='")]
    [InlineData("fromBase64('SGVsbG8gV29ybGQ=')", "'Hello World'")]
    [InlineData("fromBase64(toBase64('北京'))", "'北京'")]
    public void Kinds_of_values(string expression, string expected) => Assert.Equal(expected, Sample.Show(expression));

    [Theory]
    [InlineData("toJSON({foo: 1, bar: 2})", "{\n  \"bar\": 2,\n  \"foo\": 1\n}")]
    [InlineData("toJSON([1, [], {}, {a: [2]}])", "[\n  1,\n  [],\n  {},\n  {\n    \"a\": [\n      2\n    ]\n  }\n]")]
    [InlineData("toJSON('<a href=\"x\">&\\n\\u2028😀')", "\"\\u003ca href=\\\"x\\\"\\u003e\\u0026\\n\\u2028😀\"")]
    [InlineData("toJSON(1e21)", "1e+21")]
    [InlineData("toJSON(1e20)", "100000000000000000000")]
    [InlineData("toJSON(0.0000001)", "1e-7")]
    [InlineData("toJSON(0.000001)", "0.000001")]
    [InlineData("toJSON(4 / 2)", "2")]
    [InlineData("toJSON(nil)", "null")]
    [InlineData("toJSON(duration('1s'))", "1000000000")]
    [InlineData("toJSON(date('2023-08-14T10:00:00.5+02:00'))", "\"2023-08-14T10:00:00.5+02:00\"")]
    [InlineData("toJSON(now())", "\"2024-02-29T12:30:45.123Z\"")]
    [InlineData("toJSON(groupBy(1..2, #))", "{\n  \"1\": [\n    1\n  ],\n  \"2\": [\n    2\n  ]\n}")]
    public void Json_is_written_as_Go_writes_it(string expression, string expected) =>
        Assert.Equal(expected, Sample.Evaluate(expression));

    [Theory]
    [InlineData("fromJSON('{\"name\": \"John\", \"age\": 30}')", "{name: 'John', age: 30}")]
    [InlineData("fromJSON('[1, 2.0, 1e2, null, true]')", "[1, 2.0, 100.0, nil, true]")]
    [InlineData("fromJSON('9007199254740993')", "9007199254740993")]
    [InlineData("fromJSON('{\"a\": 1, \"a\": 2}')", "{a: 2}")]
    public void Json_is_read(string expression, string expected) => Assert.Equal(expected, Sample.Show(expression));

    [Theory]
    [InlineData("int('abc')", "int: the string is not an integer")]
    [InlineData("int('1_0')", "int: the string is not an integer")]
    [InlineData("int(nil)", "int: expected an int, got nil")]
    [InlineData("int(1e300)", "int: the float does not fit an int")]
    [InlineData("float('abc')", "float: the string is not a number")]
    [InlineData("float(true)", "float: expected a number, got bool")]
    [InlineData("fromBase64('***')", "fromBase64: the string is not base64")]
    [InlineData("fromBase64('/w==')", "fromBase64: the bytes are not UTF-8 text")]
    [InlineData("fromJSON('{\"password\": x}')", "fromJSON: the string is not JSON (at its line 1, column 14)")]
    [InlineData("fromJSON('\"\\\\ud800\"')", "fromJSON: the JSON holds a string with half of a character")]
    [InlineData("fromJSON('5e2482')", "fromJSON: the JSON holds a number that fits no float")]
    [InlineData("toJSON(1/0.0)", "JSON has no number for +Inf")]
    public void Wrong_arguments_are_named_without_quoting_them(string expression, string expected)
    {
        var error = Assert.Throws<ExpressionEvaluationException>(() => Sample.Evaluate(expression));

        Assert.Equal(expected, error.Reason);
    }
}
