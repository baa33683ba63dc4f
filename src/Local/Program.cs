using System.CommandLine;
using Waybill.Local;
using Waybill.Local.Starting;

var manifests = new Option<string?>("--manifests") { Description = "The folder of your pipelines' manifests. Without it: the sample pipeline in a simulated world." };
var port = new Option<int>("--port") { Description = "The port on the loopback interface.", DefaultValueFactory = _ => LocalSettings.DefaultPort };
var data = new Option<string>("--data") { Description = "The folder for the database, keys and tokens.", DefaultValueFactory = _ => LocalSettings.DefaultData };

var push = new Command("push", "Pushes a commit to the simulated repository of a Waybill that runs already.");
var simulate = new Option<string>("--simulate") { Description = "What becomes of the commit: success or failure.", DefaultValueFactory = _ => "success" };
simulate.AcceptOnlyFromAmong("success", "failure");
push.Options.Add(simulate);
push.Options.Add(port);
push.SetAction((parsed, cancellationToken) => DemoPush.RunAsync(parsed.GetValue(port), parsed.GetValue(simulate) is "failure", cancellationToken));

var root = new RootCommand("Waybill: change management for Pulumi stacks on Kubernetes, in one process. Settings may follow as --Section:Key value.")
{
    TreatUnmatchedTokensAsErrors = false,
};
root.Options.Add(manifests);
root.Options.Add(port);
root.Options.Add(data);
root.Subcommands.Add(push);
root.SetAction((parsed, cancellationToken) => LocalApp.RunAsync(
    new LocalSettings(parsed.GetValue(manifests), parsed.GetValue(port), parsed.GetValue(data)!, parsed.UnmatchedTokens), cancellationToken));

return await root.Parse(args).InvokeAsync();
