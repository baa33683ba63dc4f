using Waybill.Domain.Pipelines;

namespace Waybill.Manifests.Tests;

public sealed class SampleTests
{
    private static readonly ManifestLoadResult Sample = ManifestLoader.Load(Repository.At("samples"));

    [Fact]
    public void The_sample_loads_clean()
    {
        Assert.Empty(Sample.Errors);
        Assert.Empty(Sample.Notices);
        Assert.Equal("hello-pulumi", Assert.Single(Sample.Pipelines).Project);
    }

    [Fact]
    public void The_sample_goes_from_dev_over_staging_to_an_approved_prod()
    {
        var pipeline = Sample.Pipelines[0];

        Assert.Equal(["dev", "staging", "prod"], pipeline.Stages.Select(s => s.Name));
        Assert.All(pipeline.Stages, s => Assert.True(s.AutoPromotionEnabled));
        Assert.Equal(TimeSpan.FromSeconds(5), pipeline.FindStage("staging")!.RequestedFreight[0].Sources.RequiredSoakTime);
        Assert.Equal(["wait-for-approval", "pulumi-stack-update"], pipeline.FindStage("prod")!.Steps.Select(s => s.Uses));
        Assert.Equal("24h", (string?)pipeline.FindStage("prod")!.Steps[0].Config["timeout"]);
    }

    [Theory]
    [InlineData("dev", "hello-dev")]
    [InlineData("staging", "hello-staging")]
    [InlineData("prod", "hello-prod")]
    public void Every_stage_of_the_sample_has_its_stack(string stage, string stack)
    {
        var found = Sample.Pipelines[0].FindStage(stage)!;

        var step = found.Steps[^1];
        Assert.Equal(stack, found.Vars.Concat(step.Vars).Last(v => v.Name == "stack").Value);
        Assert.Equal("sim", (string?)step.Config["stacks"]![0]!["cluster"]);
        Assert.Equal("deploy::update", step.As);
    }

    [Fact]
    public void The_sample_watches_its_repository()
    {
        var subscription = Assert.Single(Assert.Single(Sample.Pipelines[0].Warehouses).Subscriptions);

        Assert.Equal("https://github.com/waybill-demo/hello-pulumi", subscription.RepoUrl);
        Assert.Equal(CommitSelectionStrategy.NewestFromBranch, subscription.Strategy);
    }
}
