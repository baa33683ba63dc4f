using System.Text;
using Microsoft.AspNetCore.Http;
using Waybill.Engine.Approvals;
using Waybill.Functions.Access;
using Waybill.Web.Viewing;

namespace Waybill.Functions.Tests.Head;

public sealed class AppServiceViewerTests
{
    private const string Ada = """
        {"auth_typ":"aad","name_typ":"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress","role_typ":"roles",
         "claims":[{"typ":"preferred_username","val":"ada@example.com"},{"typ":"name","val":"Ada"},{"typ":"groups","val":"sre"},{"typ":"roles","val":"Waybill.Promoter"}]}
        """;

    [Fact]
    public async Task A_signed_in_person_has_their_claims_and_roles()
    {
        var visitor = await IdentifyAsync(Encode(Ada));

        Assert.Equal("ada@example.com", visitor!.Person.Name);
        Assert.True(visitor.Person.Has("groups", "sre"));
        Assert.True(visitor.MayPromote);
        Assert.False(visitor.ByBearer);
    }

    [Fact]
    public async Task Without_the_role_a_person_may_only_look()
    {
        var visitor = await IdentifyAsync(Encode(Ada.Replace("Waybill.Promoter", "Reader", StringComparison.Ordinal)));

        Assert.False(visitor!.MayPromote);
    }

    [Fact]
    public async Task A_person_may_promote_by_name()
    {
        var access = new AccessOptions { Promoters = { "ADA@example.com" } };

        var visitor = await IdentifyAsync(Encode(Ada.Replace("Waybill.Promoter", "Reader", StringComparison.Ordinal)), access);

        Assert.True(visitor!.MayPromote);
    }

    [Fact]
    public async Task A_bearer_token_is_told_from_a_cookie() =>
        Assert.True((await IdentifyAsync(Encode(Ada), authorization: "Bearer abc"))!.ByBearer);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("bm90IGpzb24=")]
    [InlineData("bnVsbA==")]
    [InlineData("e30=")]
    [InlineData("eyJjbGFpbXMiOlt7fV19")]
    public async Task A_missing_or_garbled_header_signs_nobody_in(string? header) => Assert.Null(await IdentifyAsync(header));

    [Fact]
    public async Task A_display_name_alone_names_nobody() =>
        Assert.Null(await IdentifyAsync(Encode("""{"claims":[{"typ":"name","val":"ada@example.com"}]}""")));

    [Theory]
    [InlineData(null)]
    [InlineData("false")]
    public async Task Where_the_platform_does_not_stand_in_front_the_header_is_worth_nothing(string? enabled) =>
        Assert.Null(await IdentifyAsync(Encode(Ada), enabled: enabled));

    private static string Encode(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json));

    private static async Task<Visitor?> IdentifyAsync(string? header, AccessOptions? access = null, string? authorization = null, string? enabled = "True")
    {
        var configuration = new Dictionary<string, string?> { ["WEBSITE_AUTH_ENABLED"] = enabled }.ToConfiguration();
        var viewer = new AppServiceViewer(
            access ?? new AccessOptions { PromoterRoles = { "Waybill.Promoter" } }, new ApproverDirectory(new ApprovalOptions()), configuration);
        var context = new DefaultHttpContext();
        context.Request.Headers["X-MS-CLIENT-PRINCIPAL"] = header;
        context.Request.Headers.Authorization = authorization;
        return await viewer.IdentifyAsync(context);
    }
}
