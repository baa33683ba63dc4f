using Microsoft.Extensions.Options;

namespace Waybill.Engine.Approvals;

/// <summary>Checks the settings of approvals at start; every problem names its key and the remedy.</summary>
public sealed class ApprovalOptionsValidator : IValidateOptions<ApprovalOptions>
{
    private const int MinKeyBytes = 32;

    public ValidateOptionsResult Validate(string? name, ApprovalOptions options)
    {
        List<string> problems = [];
        if (options.SigningKeys.Count == 0)
        {
            problems.Add("Approvals:SigningKeys:0 is missing: set it to Base64 of 32 random bytes (openssl rand -base64 32).");
        }

        for (var i = 0; i < options.SigningKeys.Count; i++)
        {
            if (!IsKey(options.SigningKeys[i]))
            {
                problems.Add($"Approvals:SigningKeys:{i} is not Base64 of at least {MinKeyBytes} bytes: make one with openssl rand -base64 32.");
            }
        }

        if (options.PublicUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            problems.Add("Approvals:PublicUrl is missing or not an absolute http(s) address: set it to where people reach Waybill, such as https://waybill.example.com/.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static bool IsKey(string text)
    {
        Span<byte> bytes = stackalloc byte[512];
        return Convert.TryFromBase64String(text, bytes, out var length) && length >= MinKeyBytes;
    }
}
