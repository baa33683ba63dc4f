using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Waybill.TestParts;

/// <summary>The keys, certificates and tokens that one API server starts with, made anew each time.</summary>
internal sealed class KubeApiServerCredentials : IDisposable
{
    private KubeApiServerCredentials(X509Certificate2 authority) => Authority = authority;

    /// <summary>The certificate that clients trust, without its key.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>Token of a user in system:masters.</summary>
    public string AdminToken { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Makes all of it and writes what the server reads into the folder.</summary>
    public static KubeApiServerCredentials Write(TemporaryFolder folder)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = AuthorityRequest(authorityKey).CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
        using var servingKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var serving = ServingRequest(servingKey)
            .Create(authority, now.AddHours(-1), now.AddHours(23), RandomNumberGenerator.GetBytes(8));
        using var accountKey = RSA.Create(2048);

        var credentials = new KubeApiServerCredentials(X509CertificateLoader.LoadCertificate(authority.RawData));
        File.WriteAllText(folder.Combine("ca.crt"), authority.ExportCertificatePem());
        File.WriteAllText(folder.Combine("serving.crt"), serving.ExportCertificatePem());
        File.WriteAllText(folder.Combine("serving.key"), servingKey.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(folder.Combine("accounts.key"), accountKey.ExportRSAPrivateKeyPem());
        File.WriteAllText(folder.Combine("tokens.csv"), $"{credentials.AdminToken},admin,admin,\"system:masters\"\n");
        return credentials;
    }

    public void Dispose() => Authority.Dispose();

    private static CertificateRequest AuthorityRequest(ECDsa key)
    {
        var request = new CertificateRequest("CN=waybill-test-authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.DigitalSignature, critical: true));
        return request;
    }

    private static CertificateRequest ServingRequest(ECDsa key)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");

        var request = new CertificateRequest("CN=kube-apiserver", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        return request;
    }
}
