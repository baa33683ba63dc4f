using Waybill.Domain.Freights;

namespace Waybill.Domain.Tests.Freights;

/// <summary>The hashes were computed apart from this code: SHA-1 over the form that Kargo's sources document.</summary>
public sealed class FreightIdentityTests
{
    private static readonly GitCommit App = new() { RepoUrl = "https://github.com/acme/app", Id = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d" };
    private static readonly GitCommit Infra = new() { RepoUrl = "https://github.com/acme/infra", Id = new string('f', 40) };

    private static readonly Dictionary<string, (string Warehouse, GitCommit[] Commits)> Table = new()
    {
        ["a647601262eae6fe2ffbf533e6d7c8b2704f6015"] = ("app", [App]),
        ["2c46f996a87ca56e3ae304fcff4cc83946d26198"] = ("app", [App with { Tag = "v1.2.3" }]),
        ["75e3f7596f7e612bd61337558978bcc545915bee"] = ("app", [App with { Subscription = "main-only" }]),
        ["c3642acaf4c73bb6e776532777b9a4aa89804c55"] = ("app", [App with { Tag = "v1.2.3", Subscription = "main-only" }]),
        ["ac8254c5d7d08700b2ddbf17267aeaf39fafe6d8"] = ("app", [Infra, App]),
        ["76f7d0fdb0eb83c7bc56a0d342364cf749cffbaf"] = ("other", [App]),
        ["5f0b805df04c19179b3fe3c9041283a2b19e9f51"] = ("app", [App with { RepoUrl = "git@github.com:acme/app.git" }]),
    };

    public static TheoryData<string> Hashes => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Hashes))]
    public void Freight_is_called_what_Kargo_calls_it(string hash)
    {
        var (warehouse, commits) = Table[hash];

        Assert.Equal(hash, FreightIdentity.Of(warehouse, commits));
        Assert.Equal(hash, FreightIdentity.Of(warehouse, commits.Reverse()));
    }

    [Fact]
    public void What_people_say_about_a_commit_is_no_part_of_it() =>
        Assert.Equal(
            FreightIdentity.Of("app", [App]),
            FreightIdentity.Of("app", [App with { RepoUrl = "https://me@GitHub.com/acme/app.git", Branch = "main", Subject = "Fix", Author = "Ada" }]));

    [Fact]
    public void A_collection_is_named_by_its_sorted_freight() =>
        Assert.Equal("b0696a9485397a32e74fc7d20eb458c2420b2ddc", FreightIdentity.OfCollection(["bbb", "aaa"]));
}
