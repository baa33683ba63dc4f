namespace Waybill.TestParts;

/// <summary>The browser that page tests drive through Playwright: <c>WAYBILL_CHROMIUM</c>, or Debian's own.</summary>
public static class Chromium
{
    private const string Variable = "WAYBILL_CHROMIUM";
    private const string Debian = "/usr/bin/chromium";

    /// <summary>Absolute path of the executable, or null where there is none.</summary>
    public static string? ExecutablePath => NamedPath.FromEnvironment(Variable) ?? (File.Exists(Debian) ? Debian : null);

    /// <summary>Why a test that needs the browser is skipped, or null where it is there.</summary>
    public static string? SkipReason => ExecutablePath is null
        ? $"no browser: {Variable} is not set and there is no {Debian} (./verify installs it where it can)"
        : null;

    /// <summary>Arguments that keep it quiet and offline, and let it start as root in a container.</summary>
    public static IReadOnlyList<string> Arguments { get; } =
    [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];
}
