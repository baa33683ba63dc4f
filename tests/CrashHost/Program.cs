using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Waybill.CrashHost;
using Waybill.Engine.Ports;
using Waybill.Local;
using Waybill.Local.Starting;

// usage: Waybill.CrashHost MANIFESTS PORT DATA Before|After NTH [SETTING...]
var settings = new LocalSettings(args[0], int.Parse(args[1], CultureInfo.InvariantCulture), args[2], args[5..]);
var (moment, nth) = (Enum.Parse<KillMoment>(args[3]), int.Parse(args[4], CultureInfo.InvariantCulture));

await using var app = LocalApp.Build(settings, null, services =>
{
    var store = services.Last(s => s.ServiceType == typeof(IRowStore));
    services.Remove(store);
    services.AddSingleton<IRowStore>(provider => new DeadlyRowStore((IRowStore)store.ImplementationFactory!(provider), moment, nth));
});
await app.Services.GetRequiredService<IRowStore>().InitializeAsync(CancellationToken.None);
await app.RunAsync();
