using Waybill.Domain.WorkTrees;

namespace Waybill.Domain.Tests.WorkTrees;

public sealed class PathRulesTests
{
    [Theory]
    [InlineData("./manifests/stacks/dev.yaml", "manifests/stacks/dev.yaml")]
    [InlineData("/manifests//a/", "manifests/a")]
    [InlineData("a/../b/./c", "b/c")]
    [InlineData(@"a\b", "a/b")]
    [InlineData(".", "")]
    [InlineData("a/..", "")]
    [InlineData("..", null)]
    [InlineData("a/../../b", null)]
    [InlineData(".git", null)]
    [InlineData("a/.GIT/config", null)]
    [InlineData("a\nb", null)]
    [InlineData("a/.github/x", "a/.github/x")]
    [InlineData("..a/b", "..a/b")]
    public void A_path_stays_in_the_working_directory_or_is_none(string path, string? expected) =>
        Assert.Equal(expected, PathRules.Normalize(path));

    [Theory]
    [InlineData("a", "", true, "a")]
    [InlineData("a", "a", true, "")]
    [InlineData("a/b", "a", true, "b")]
    [InlineData("ab", "a", false, null)]
    [InlineData("", "a", false, null)]
    public void Below_a_directory_is_what_its_name_and_a_slash_begin(string path, string directory, bool isWithin, string? below)
    {
        Assert.Equal(isWithin, PathRules.IsWithin(path, directory));
        if (isWithin)
        {
            Assert.Equal(below, PathRules.Below(path, directory));
            Assert.Equal(path, PathRules.Join(directory, below!));
        }
    }
}
