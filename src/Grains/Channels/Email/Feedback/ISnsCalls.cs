using System.Security.Cryptography.X509Certificates;

namespace Marketing.Channels.Email.Feedback;

/// <summary>The calls that taking notifications of Amazon SNS needs. Where they lead was checked before.</summary>
internal interface ISnsCalls
{
    /// <summary>The certificate at an address of SNS; null where there is none.</summary>
    ValueTask<X509Certificate2?> CertificateAsync(Uri url);

    /// <summary>Confirms a subscription; whether that worked.</summary>
    Task<bool> ConfirmAsync(Uri url);
}
