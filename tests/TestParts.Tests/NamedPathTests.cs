namespace Waybill.TestParts.Tests;

public sealed class NamedPathTests
{
    [Fact]
    public void A_variable_that_names_nothing_is_a_mistake_and_no_reason_to_skip()
    {
        const string variable = "WAYBILL_TEST_OF_NAMED_PATH";
        Environment.SetEnvironmentVariable(variable, "/nowhere/at-all");

        var mistake = Assert.Throws<FileNotFoundException>(() => NamedPath.FromEnvironment(variable));

        Assert.Contains(variable, mistake.Message, StringComparison.Ordinal);
        Assert.Contains("/nowhere/at-all", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unset_variable_names_nothing()
    {
        Assert.Null(NamedPath.FromEnvironment("WAYBILL_TEST_OF_NO_VARIABLE"));
    }
}
