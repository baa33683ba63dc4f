using Waybill.Domain.WorkTrees;

namespace Waybill.Domain.Tests.WorkTrees;

public sealed class WorkTreeTests
{
    [Fact]
    public void The_innermost_checkout_of_its_time_holds_a_path()
    {
        var tree = WorkTree.Empty.With(At("", 0)).With(At("a", 0)).With(At("a", 2, "pushed"));

        Assert.Equal(("", "a", "a"), (tree.CheckoutOf("x", 9)!.Path, tree.CheckoutOf("a/x", 1)!.Path, tree.CheckoutOf("a", 1)!.Path));
        Assert.Equal(("first", "pushed"), (tree.CheckoutOf("a/x", 1)!.Commit, tree.CheckoutOf("a/x", 2)!.Commit));
        Assert.Equal("pushed", tree.CheckoutAt("a")!.Commit);
        Assert.Null(WorkTree.Empty.CheckoutOf("x", 0));
    }

    [Fact]
    public void A_checkout_takes_the_place_of_the_one_at_its_path_and_time()
    {
        var tree = WorkTree.Empty.With(At("a", 0)).With(At("b", 0)).With(At("a", 0, "second"));

        Assert.Equal(["second", "first"], tree.Checkouts.Select(c => c.Commit));
    }

    [Fact]
    public void What_is_committed_is_on_top()
    {
        var plain = At("a", 3);
        var ahead = plain with { Commits = [new LocalCommit("s1", "t1", "m", null, 4), new LocalCommit("s2", "t2", "m", null, 6)] };

        Assert.Equal(("first", "tree", 3), (plain.Head, plain.HeadTree, plain.Committed));
        Assert.Equal(("s2", "t2", 6), (ahead.Head, ahead.HeadTree, ahead.Committed));
    }

    private static Checkout At(string path, int since, string commit = "first") =>
        new() { Path = path, RepoUrl = "https://github.com/acme/m", Commit = commit, Tree = "tree", Since = since };
}
