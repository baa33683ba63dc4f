using Microsoft.AspNetCore.Http;
using Waybill.Web.Viewing;

namespace Waybill.Web.Tests;

public sealed class SameOriginTests
{
    [Theory]
    [InlineData("same-origin", null, true)]
    [InlineData("none", null, true)]
    [InlineData("same-site", null, false)]
    [InlineData("cross-site", null, false)]
    [InlineData("cross-site", "https://waybill.example.com", false)]
    [InlineData(null, null, true)]
    [InlineData(null, "https://waybill.example.com", true)]
    [InlineData(null, "http://waybill.example.com", true)]
    [InlineData(null, "https://waybill.example.com:8443", false)]
    [InlineData(null, "https://evil.example.com", false)]
    [InlineData(null, "https://waybill.example.com.evil.com", false)]
    [InlineData(null, "null", false)]
    [InlineData(null, "nonsense", false)]
    public void Browsers_say_where_a_request_comes_from(string? site, string? origin, bool admitted)
    {
        var request = new DefaultHttpContext().Request;
        request.Host = new HostString("waybill.example.com");
        request.Headers["Sec-Fetch-Site"] = site;
        request.Headers.Origin = origin;

        Assert.Equal(admitted, SameOrigin.Admits(request));
    }

    [Fact]
    public void A_port_counts()
    {
        var request = new DefaultHttpContext().Request;
        request.Host = new HostString("localhost", 7080);
        request.Headers.Origin = "http://localhost:7080";

        Assert.True(SameOrigin.Admits(request));
    }
}
