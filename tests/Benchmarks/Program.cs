using BenchmarkDotNet.Running;
using Waybill.Benchmarks;

// dotnet run --project tests/Benchmarks -c Release                  the ratios that are promised, and whether they hold
// dotnet run --project tests/Benchmarks -c Release -- --filter '*'  BenchmarkDotNet's own reports
if (args.Length > 0)
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    return 0;
}

var ingest = await IngestRatio.ReportAsync(Console.Out);
Console.WriteLine();
var expressions = await ExpressionRatio.ReportAsync(Console.Out);
return ingest && expressions ? 0 : 1;
