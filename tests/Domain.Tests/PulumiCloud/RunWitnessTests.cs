using Waybill.Domain.PulumiCloud;
using Waybill.Domain.Stacks;

namespace Waybill.Domain.Tests.PulumiCloud;

public sealed class RunWitnessTests
{
    private const string Request = "dev.01k0.f1";
    private static readonly string Commit = new('c', 40);
    private static readonly string Other = new('d', 40);

    [Theory]
    [InlineData("up", true, "update", "succeeded", RunTestimonyState.Agrees)]
    [InlineData("preview", true, "Pupdate", "succeeded", RunTestimonyState.Agrees)]
    [InlineData("up", false, "update", "failed", RunTestimonyState.Agrees)]
    [InlineData("destroy", true, "destroy", "succeeded", RunTestimonyState.Agrees)]
    [InlineData("up", true, "update", "failed", RunTestimonyState.Disagrees)]
    [InlineData("up", false, "update", "succeeded", RunTestimonyState.Disagrees)]
    [InlineData("up", true, "Pupdate", "succeeded", RunTestimonyState.Disagrees)]
    [InlineData("preview", true, "update", "succeeded", RunTestimonyState.Disagrees)]
    [InlineData("up", true, "refresh", "succeeded", RunTestimonyState.Disagrees)]
    [InlineData("up", true, "update", "in-progress", RunTestimonyState.Unfinished)]
    [InlineData("up", true, "update", "not-started", RunTestimonyState.Unfinished)]
    public void A_record_bears_the_operator_out_or_not(string type, bool succeeded, string kind, string result, RunTestimonyState expected) =>
        Assert.Equal(expected, RunWitness.Judge(Question(type, succeeded), Run(kind, result)).State);

    [Fact]
    public void A_contradiction_says_both()
    {
        var testimony = RunWitness.Judge(Question(), Run(result: "failed"));

        Assert.Equal($"The Stack says that up of {Commit} succeeded, but Pulumi Cloud says that it failed.", testimony.Message);
    }

    [Fact]
    public void A_record_of_another_commit_contradicts_and_one_without_any_does_not()
    {
        Assert.Equal(RunTestimonyState.Disagrees, RunWitness.Judge(Question(), Run() with { Commit = Other }).State);
        Assert.Equal(RunTestimonyState.Agrees, RunWitness.Judge(Question(), Run() with { Commit = null }).State);
    }

    [Theory]
    [InlineData("Sync request: \"dev.01k0.f1\"", true)]
    [InlineData("New stack generation: 5", true)]
    [InlineData("Promoted by dev.01k0.f1", true)]
    [InlineData("Initial stack update", true)]
    [InlineData("New stack generation: 50", false)]
    [InlineData("Sync request: \"dev.01k1.f2\"", false)]
    [InlineData("Backoff time elapsed: 10s", false)]
    [InlineData("Resync time elapsed: 60s", false)]
    [InlineData("", false)]
    public void A_failed_run_is_known_by_the_operators_reason(string message, bool isOurs) =>
        Assert.Equal(isOurs, RunWitness.Find(Question(succeeded: false), [Run(result: "failed") with { Message = message }]) is not null);

    [Fact]
    public void The_newest_run_is_never_taken_only_for_being_the_newest()
    {
        var ours = Run(result: "failed", minute: 1) with { Message = "New stack generation: 5", Version = 7 };
        CloudRun[] newestFirst =
        [
            Run("refresh", minute: 4) with { Message = "New stack generation: 5" },
            Run(minute: 3) with { Commit = Other, Message = "New stack generation: 5" },
            Run(minute: 2) with { Message = "Manual update" },
            ours,
            Run(result: "failed", minute: -30) with { Message = "New stack generation: 5" },
        ];

        Assert.Same(ours, RunWitness.Find(Question(succeeded: false), newestFirst));
    }

    [Fact]
    public void Of_the_operators_tries_it_is_the_last_before_anybody_elses()
    {
        var last = Run(result: "failed", minute: 2) with { Message = "Backoff time elapsed: 10s" };
        CloudRun[] newestFirst =
        [
            Run(result: "failed", minute: 4) with { Message = "Backoff time elapsed: 10s" },
            Run(result: "failed", minute: 3) with { Message = "New stack generation: 6" },
            last,
            Run(minute: 2) with { Message = "Manual update" },
            Run(result: "failed", minute: 1) with { Message = "New stack generation: 5" },
        ];

        Assert.Same(last, RunWitness.Find(Question(succeeded: false), newestFirst));
    }

    private static RunQuestion Question(string type = "up", bool succeeded = true) => new()
    {
        Stack = new StackReference("default", "apps", "dev"),
        Type = type,
        Succeeded = succeeded,
        Commit = Commit,
        Request = Request,
        Generation = 5,
        Since = Given.Noon,
    };

    private static CloudRun Run(string kind = "update", string result = "succeeded", int minute = 1) =>
        new() { Kind = kind, Result = result, Commit = Commit, StartedAt = Given.Noon.AddMinutes(minute) };
}
