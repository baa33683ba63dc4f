using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Waybill.Engine.Secrets;

namespace Waybill.Engine.Tests.Secrets;

public sealed class MaskerTests
{
    private const string Secret = "s3cr3t/\"Zürich\"+<&>";

    private static readonly Masker Masker = Masker.Of([Secret, "line one of a key\nline two of a key\n", "abc"]);

    public static TheoryData<string, string> Shapes => new()
    {
        { Secret, "itself" },
        { JsonSerializer.Serialize(Secret)[1..^1], "JSON" },
        { "s3cr3t/\\\"Zürich\\\"+<&>", "JSON as most write it" },
        { Uri.EscapeDataString(Secret), "a URL" },
        { WebUtility.HtmlEncode("Basic " + "line one of a key"), "one line" },
        { "line two of a key", "another line" },
        { Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)), "Base64" },
        { Convert.ToBase64String(Encoding.UTF8.GetBytes("u:" + Secret)), "Base64 after two bytes" },
        { Convert.ToBase64String(Encoding.UTF8.GetBytes("git:" + Secret + "!")), "Base64 between others" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_secret_is_masked_in_every_shape_it_may_be_met_in(string shape, string what)
    {
        var masked = Masker.Mask($"before {shape} after");

        Assert.True(masked.Contains("***", StringComparison.Ordinal), what);
        Assert.DoesNotContain("s3cr3t", masked);
        Assert.True(masked.Length < shape.Length, what);
        Assert.StartsWith("before ", masked);
        Assert.EndsWith(" after", masked);
    }

    [Fact]
    public void What_is_no_secret_stays() => Assert.Equal("abc of the alphabet, line three", Masker.Mask("abc of the alphabet, line three"));

    [Fact]
    public void The_longer_of_two_secrets_is_masked_whole() =>
        Assert.Equal("***!", Masker.Of(["token", "token-and-more"]).Mask("token-and-more!"));

    [Fact]
    public void Json_is_masked_to_its_last_corner()
    {
        var node = JsonNode.Parse("""{ "a": ["x 4711471147 y", 4711471147, true, null, 12], "4711471147": { "b": "plain" } }""")!.AsObject();

        var masked = Masker.Of(["4711471147"]).Mask(node);

        Assert.Equal("""{"a":["x *** y","***",true,null,12],"***":{"b":"plain"}}""", masked.ToJsonString());
    }
}
