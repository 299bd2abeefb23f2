using System.Security.Cryptography;
using Marketing.Projects;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Secrets;

/// <summary>Secrets under ASP.NET Core data protection, with a key ring of their own that all processes of a deployment share.</summary>
internal sealed class SecretProtection(IXmlRepository keys) : ISecretProtection
{
    // Neither hexadecimal digits nor base64, which the secrets are, have a colon.
    private const string Mark = "protected:";

    // Both are part of what is stored: with another name it cannot be read.
    private const string Application = "distributions";
    private const string Purpose = "secrets";

    private IDataProtector? _protector;

    public string Protect(string secret) =>
        secret.Length == 0 || IsProtected(secret) ? secret : Mark + Attempt(protector => protector.Protect(secret));

    public string Read(string stored)
    {
        if (!IsProtected(stored))
        {
            return stored;
        }

        try
        {
            return Attempt(protector => protector.Unprotect(stored[Mark.Length..]));
        }
        catch (CryptographicException failure)
        {
            throw new InvalidOperationException(
                "The stored secrets cannot be read: the key ring they were protected with is not there. Put back the 'keys' that belong to this database.", failure);
        }
    }

    private static bool IsProtected(string text) => text.StartsWith(Mark, StringComparison.Ordinal);

    private string Attempt(Func<IDataProtector, string> attempt)
    {
        try
        {
            return attempt(_protector ??= Open());
        }
        catch (CryptographicException)
        {
            // A ring is remembered for a day. Another process may have added a key since.
            _protector = Open();
            return attempt(_protector);
        }
    }

    // Not the container's own: what else a process protects must not add keys here, nor end up under ours.
    private IDataProtector Open()
    {
        // An outage shows as what it is; from within the ring it would look like a key that is missing.
        keys.GetAllElements();

        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName(Application);
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = keys);
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>().CreateProtector(Purpose);
    }
}
