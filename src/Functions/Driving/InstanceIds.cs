using System.Security.Cryptography;
using System.Text;
using Waybill.Engine.Ports;

namespace Waybill.Functions.Driving;

/// <summary>The ids of orchestrations: the same for the same thing, so that starting twice starts one.</summary>
public static class InstanceIds
{
    /// <summary>What Durable Functions allows.</summary>
    private const int MaxLength = 100;

    public static string Of(PromotionKey promotion) => Fit($"promotion:{promotion.Project}:{promotion.Name}");

    public static string OfProject(string project) => Fit($"project:{project}");

    /// <summary>Durable Functions takes no <c>/ \ # ?</c>; neither do projects' and promotions' names hold any.</summary>
    private static string Fit(string id)
    {
        if (id.Length <= MaxLength)
        {
            return id;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16));
        return $"{id[..(MaxLength - hash.Length - 1)]}~{hash}";
    }
}
