namespace Waybill.Local;

/// <summary>The <c>push</c> command: asks a running Waybill to push a commit in its simulated world.</summary>
internal static class DemoPush
{
    public static async Task<int> RunAsync(int port, bool failing, CancellationToken cancellationToken)
    {
        var url = new Uri($"http://localhost:{port}/");
        try
        {
            using var client = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(30) };
            using var content = new FormUrlEncodedContent([KeyValuePair.Create("failing", failing ? "true" : "false")]);
            using var response = await client.PostAsync(new Uri("demo/push", UriKind.Relative), content, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                Console.WriteLine($"Pushed a commit that will {(failing ? "fail" : "deploy")}. Watch it at {url}");
                return 0;
            }

            Console.Error.WriteLine($"Waybill at {url} has no simulated world (HTTP {(int)response.StatusCode}): push to your own repository instead.");
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            Console.Error.WriteLine($"Nothing answers at {url}: start it first with dotnet run --project src/Local ({error.Message})");
        }

        return 1;
    }
}
