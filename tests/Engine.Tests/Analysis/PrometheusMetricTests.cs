using Waybill.Domain.Analysis;
using Waybill.Domain.Promotions;

namespace Waybill.Engine.Tests.Analysis;

/// <summary>Prometheus' answers as its HTTP API documents them.</summary>
public sealed class PrometheusMetricTests
{
    private const string Address = "https://prometheus.example:9090";
    private const string Query = "sum(rate(errors[5m]))";

    [Theory]
    [InlineData("""{"status":"success","data":{"resultType":"scalar","result":[1435781451.781,"0.5"]}}""", "result < 1", VerificationPhase.Successful)]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1435781451.781,"0.95"]}]}}""", "result[0] >= 0.95", VerificationPhase.Successful)]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1435781451.781,"0.9"]}]}}""", "result[0] >= 0.95", VerificationPhase.Failed)]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[]}}""", "len(result) == 0 || result[0] < 1", VerificationPhase.Successful)]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[]}}""", "result[0] < 1", VerificationPhase.Error)]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"NaN"]}]}}""", "isNaN(result[0])", VerificationPhase.Successful)]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"NaN"]}]}}""", "result[0] < 1", VerificationPhase.Failed)]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"+Inf"]}]}}""", "isInf(result[0])", VerificationPhase.Successful)]
    [InlineData("""{"status":"success","data":{"resultType":"string","result":[1,"x"]}}""", "true", VerificationPhase.Error)]
    [InlineData("""{"status":"error","errorType":"bad_data","error":"parse error"}""", "true", VerificationPhase.Error)]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"value":7}]}}""", "true", VerificationPhase.Error)]
    [InlineData("<html>", "true", VerificationPhase.Error)]
    [InlineData("[]", "true", VerificationPhase.Error)]
    public async Task Samples_are_the_result(string answer, string condition, VerificationPhase phase)
    {
        await using var world = await VerificationTests.WorldAsync(Measure(condition) with { ConsecutiveErrorLimit = 0 });
        world.Internet.AnswersAnything(answer);

        var promotion = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        Assert.True(phase == promotion.Verification!.Phase, promotion.Verification.Message);
        Assert.StartsWith($"{Address}/api/v1/query?query=sum%28rate%28errors%5B5m%5D%29%29&time=", world.Internet.Requests[0].Url);
    }

    [Fact]
    public async Task A_range_is_asked_for_with_its_dates_evaluated()
    {
        var range = new PrometheusRange("now() - duration(\"1h\")", "now()", "5m");
        await using var world = await VerificationTests.WorldAsync(Measure("all(result, # < 1)", range));
        world.Internet.AnswersAnything("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"0.1"],[2,"0.2"]]}]}}""");

        var promotion = await world.FinishAsync(await world.PromoteAsync(await world.FreightAsync(), "dev"));

        Assert.True(promotion.Verification!.Phase is VerificationPhase.Successful, promotion.Verification.Message);
        var url = new Uri(world.Internet.Requests[0].Url);
        var query = url.Query.TrimStart('?').Split('&').Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1]);
        Assert.Equal(("/api/v1/query_range", "300"), (url.AbsolutePath, query["step"]));
        Assert.Equal(3600, double.Parse(query["end"], System.Globalization.CultureInfo.InvariantCulture) - double.Parse(query["start"], System.Globalization.CultureInfo.InvariantCulture), 3);
    }

    private static MetricSpec Measure(string condition, PrometheusRange? range = null) => new()
    {
        Name = "errors",
        SuccessCondition = condition,
        Provider = new PrometheusMetric { Address = Address + "/", Query = Query, Range = range },
    };
}
