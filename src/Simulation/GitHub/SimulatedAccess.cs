using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Waybill.Simulation.GitHub;

/// <summary>Who may ask: everybody, until a token or an app is registered.</summary>
internal sealed class SimulatedAccess(TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _tokens = new();
    private readonly ConcurrentDictionary<long, (string AppId, RSA Key)> _installations = new();
    private int _issued;

    public int IssuedTokens => _issued;

    public void AllowToken(string token, DateTimeOffset expiresAt) => _tokens[token] = expiresAt;

    public void RegisterApp(string appId, long installationId, string publicKeyPem)
    {
        var key = RSA.Create();
        key.ImportFromPem(publicKeyPem);
        _installations[installationId] = (appId, key);
    }

    public void RevokeTokens() => _tokens.Clear();

    /// <summary>The refusal, or null for a welcome caller.</summary>
    public GitHubReply? Refuse(HttpRequest request)
    {
        if (_tokens.IsEmpty && _installations.IsEmpty)
        {
            return null;
        }

        return TokenOf(request) switch
        {
            null => GitHubReply.Error(StatusCodes.Status401Unauthorized, "Requires authentication"),
            var token when _tokens.TryGetValue(token, out var expiresAt) && time.GetUtcNow() < expiresAt => null,
            _ => GitHubReply.Error(StatusCodes.Status401Unauthorized, "Bad credentials"),
        };
    }

    public GitHubReply IssueToken(HttpRequest request, long installationId)
    {
        if (!_installations.TryGetValue(installationId, out var app))
        {
            return GitHubReply.NotFound;
        }

        if (FindProblem(TokenOf(request) ?? "", app.AppId, app.Key) is { } problem)
        {
            return GitHubReply.Error(StatusCodes.Status401Unauthorized, problem);
        }

        var token = $"ghs_{SimulatedHash.Of("token", $"{Interlocked.Increment(ref _issued)}")}";
        var expiresAt = time.GetUtcNow().AddHours(1);
        AllowToken(token, expiresAt);
        return new GitHubReply(StatusCodes.Status201Created, new JsonObject
        {
            ["token"] = token,
            ["expires_at"] = CommitShapes.Time(expiresAt),
            ["permissions"] = new JsonObject { ["contents"] = "write", ["metadata"] = "read", ["pull_requests"] = "write" },
            ["repository_selection"] = "all",
        });
    }

    public void Dispose()
    {
        foreach (var (_, key) in _installations.Values)
        {
            key.Dispose();
        }
    }

    private string? FindProblem(string jwt, string appId, RSA key)
    {
        if (jwt.Split('.') is not [var header, var payload, var signature]
            || !key.VerifyData(Encoding.ASCII.GetBytes($"{header}.{payload}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
        {
            return "A JSON web token could not be decoded";
        }

        var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload)).RootElement;
        var (issued, expires) = (claims.GetProperty("iat").GetInt64(), claims.GetProperty("exp").GetInt64());
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return claims.GetProperty("iss").GetString() != appId ? "'Issuer' claim ('iss') must be the App's ID"
            : issued > now ? "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"
            : expires <= now ? "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires"
            : expires > now + 600 ? "'Expiration time' claim ('exp') is too far in the future"
            : null;
    }

    private static string? TokenOf(HttpRequest request) => request.Headers.Authorization.ToString().Split(' ', 2) switch
    {
        ["token" or "Token" or "bearer" or "Bearer", var token] => token,
        _ => null,
    };
}
