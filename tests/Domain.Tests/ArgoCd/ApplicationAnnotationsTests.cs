using Waybill.Domain.ArgoCd;
using Waybill.Domain.Stacks;
using Waybill.Domain.Tests.Stacks;

namespace Waybill.Domain.Tests.ArgoCd;

public sealed class ApplicationAnnotationsTests
{
    [Theory]
    [InlineData("shop:dev", null)]
    [InlineData("shop:prod, shop : dev ,", null)]
    [InlineData(null, "does not authorize stage shop:dev")]
    [InlineData("", "does not authorize stage shop:dev")]
    [InlineData("shop:prod", "does not authorize stage shop:dev")]
    [InlineData("other:dev", "does not authorize stage shop:dev")]
    [InlineData("shop:*", "patterns are not understood")]
    [InlineData("*:dev,shop:dev", "patterns are not understood")]
    [InlineData("shop:dev,shop", "\"shop\", which is not project:stage")]
    [InlineData("shop:dev:x", "\"shop:dev:x\", which is not project:stage")]
    public void A_list_of_stages_authorizes_whom_it_names(string? value, string? why)
    {
        var seen = ApplicationAnnotations.WhyNotAuthorized(value, "shop", "dev");

        Assert.Equal(why is null, seen is null);
        Assert.Contains(why ?? "", seen ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "shop:dev")]
    [InlineData("shop:prod", "shop:prod,shop:dev")]
    [InlineData("shop:*, a:b, c", "a:b,shop:dev")]
    public void The_remedy_keeps_the_entries_that_are_fine(string? value, string expected) =>
        Assert.Equal(expected, ApplicationAnnotations.WithStage(value, "shop", "dev"));

    [Theory]
    [InlineData("infra:pulumi.com/Stack:default/dev", null, "infra", "pulumi.com", "Stack", "default", "dev")]
    [InlineData("team-a_infra:pulumi.com/Stack:default/dev", "team-a", "infra", "pulumi.com", "Stack", "default", "dev")]
    [InlineData("infra:/Namespace:/apps", null, "infra", "", "Namespace", "", "apps")]
    public void A_tracking_id_is_read_and_written(string text, string? outside, string application, string group, string kind, string @namespace, string name)
    {
        Assert.True(TrackingId.TryParse(text, out var id));

        Assert.Equal(new TrackingId(outside, application, group, kind, @namespace, name), id);
        Assert.Equal(text, id.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("infra")]
    [InlineData("infra:Stack:default/dev")]
    [InlineData("infra:pulumi.com/Stack:dev")]
    [InlineData(":pulumi.com/Stack:default/dev")]
    [InlineData("_infra:pulumi.com/Stack:default/dev")]
    [InlineData("a_b_c:pulumi.com/Stack:default/dev")]
    [InlineData("infra:pulumi.com/:default/dev")]
    [InlineData("infra:pulumi.com/Stack:default/dev:x")]
    public void What_is_no_tracking_id_is_not_read(string? text) => Assert.False(TrackingId.TryParse(text, out _));

    [Theory]
    [InlineData("infra:pulumi.com/Stack:default/dev", null, "infra")]
    [InlineData("team_infra:pulumi.com/Stack:default/dev", "other", "team/infra")]
    [InlineData("infra:pulumi.com/Stack:default/prod", "infra", null)]
    [InlineData(null, "infra", "infra")]
    [InlineData(null, "team_infra", "team/infra")]
    [InlineData(null, null, null)]
    public void A_Stack_tells_who_manages_it(string? annotation, string? label, string? expected)
    {
        var stack = StackSnapshots.Done with
        {
            Annotations = annotation is null ? new Dictionary<string, string>() : new() { [TrackingId.Annotation] = annotation },
            Labels = label is null ? new Dictionary<string, string>() : new() { [TrackingId.Label] = label },
        };

        Assert.Equal(expected, ManagingApplication.Of(stack)?.ToString());
    }

    [Fact]
    public void A_Stack_that_Argo_CD_put_back_is_superseded_by_name_and_with_the_remedy()
    {
        var reverted = StackSnapshots.Done with
        {
            Commit = StackSnapshots.Older,
            Generation = 8,
            Annotations = new Dictionary<string, string> { [TrackingId.Annotation] = "infra:pulumi.com/Stack:default/dev" },
        };

        var verdict = StackJudgement.Judge(reverted, new(StackSnapshots.Wanted, "p1", 7, "up"));

        Assert.Equal(StackVerdictState.Superseded, verdict.State);
        Assert.Contains("Argo CD manages it (Application infra)", verdict.Message, StringComparison.Ordinal);
        Assert.Contains("ignoreDifferences", verdict.Message, StringComparison.Ordinal);
    }
}
