using Waybill.Domain.PulumiCloud;

namespace Waybill.Domain.Tests.PulumiCloud;

public sealed class ResourceChangesTests
{
    [Fact]
    public void Every_operation_is_counted_once()
    {
        var changes = ResourceChanges.Of(new Dictionary<string, int>
        {
            ["create"] = 1,
            ["update"] = 2,
            ["delete"] = 3,
            ["replace"] = 4,
            ["same"] = 5,
            ["import"] = 6,
            ["read"] = 7,
            ["create-replacement"] = 4,
            ["delete-replaced"] = 4,
        });

        Assert.Equal(new ResourceChanges(1, 2, 3, 4, 5, 13), changes);
        Assert.Equal("1 create, 2 update, 3 delete, 4 replace, 5 same, 13 other", changes.ToString());
    }

    [Fact]
    public void A_replacement_told_in_its_parts_is_one()
    {
        var changes = ResourceChanges.Of(new Dictionary<string, int> { ["create-replacement"] = 2, ["delete-replaced"] = 2 });

        Assert.Equal(new ResourceChanges(0, 0, 0, 2, 0), changes);
    }

    [Theory]
    [InlineData("same", true)]
    [InlineData("create", false)]
    [InlineData("import", false)]
    public void Nothing_changes_only_when_all_stays_the_same(string operation, bool isNothing) =>
        Assert.Equal(isNothing, ResourceChanges.Of(new Dictionary<string, int> { [operation] = 1 }).IsNothing);

    [Fact]
    public void No_resources_at_all_is_said() => Assert.Equal("no resources", ResourceChanges.Of(new Dictionary<string, int>()).ToString());
}
