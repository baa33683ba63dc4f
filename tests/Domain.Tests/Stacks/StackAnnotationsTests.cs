using Waybill.Domain.Stacks;

namespace Waybill.Domain.Tests.Stacks;

public sealed class StackAnnotationsTests
{
    [Theory]
    [InlineData("shop:prod", true)]
    [InlineData("shop:dev,shop:prod", true)]
    [InlineData(" shop:dev , shop:prod ,", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData(",", false)]
    [InlineData("shop:dev", false)]
    [InlineData("shop:prod2", false)]
    [InlineData("myshop:prod", false)]
    [InlineData("shop:Prod", false)]
    [InlineData("shop:*", false)]
    [InlineData("*", false)]
    [InlineData("shop", false)]
    [InlineData("shop: prod", false)]
    [InlineData("shop:dev;shop:prod", false)]
    public void Only_the_very_stage_is_authorized(string? annotation, bool isAuthorized) =>
        Assert.Equal(isAuthorized, StackAnnotations.Authorizes(annotation, "shop", "prod"));
}
