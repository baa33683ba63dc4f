using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Waybill.Web.Pages;
using Waybill.Web.Problems;
using Waybill.Web.Routing;

namespace Waybill.Web.Assets;

/// <summary>The dashboard's own files, out of the assembly. There are no others, here or elsewhere.</summary>
internal sealed class AssetFiles
{
    private readonly FrozenDictionary<string, Asset> _files = new[]
    {
        Read("site.css", "text/css; charset=utf-8"),
        Read("site.js", "text/javascript; charset=utf-8"),
        Read("icon.svg", "image/svg+xml"),
    }.ToFrozenDictionary(a => a.Name);

    public Task<IResult> GetAsync(RouteCall call, string file) => Task.FromResult<IResult>(
        _files.TryGetValue(file, out var asset) ? asset : throw new ProblemException(Problem.NotFound("There is no such file.")));

    private static Asset Read(string name, string contentType)
    {
        using var stream = typeof(AssetFiles).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return new Asset(name, contentType, content.ToArray());
    }

    private sealed class Asset(string name, string contentType, byte[] content) : IResult
    {
        private readonly string _tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\"";

        public string Name => name;

        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.Headers.ETag = _tag;
            response.Headers.CacheControl = "public, no-cache";
            if (ETags.Match(httpContext.Request, _tag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            response.ContentType = contentType;
            response.ContentLength = content.Length;
            await response.Body.WriteAsync(content, httpContext.RequestAborted);
        }
    }
}
