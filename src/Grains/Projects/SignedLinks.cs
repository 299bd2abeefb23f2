using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Marketing.Projects;

/// <summary>What links in messages are signed with, and where they begin.</summary>
internal sealed class SignedLinks(IGrainFactory grains, IOptions<LinkOptions> options)
{
    private byte[]? _secret;

    /// <summary>Loads the secret; asked for before anything is signed.</summary>
    public async ValueTask PrepareAsync() => _secret ??= Convert.FromBase64String(await grains.GetGrain<IProjectSecretsGrain>(0).LinkSecretAsync());

    /// <summary>The address of a path, which begins with a slash.</summary>
    public string Url(string path) => options.Value.PublicUrl?.TrimEnd('/') + path;

    /// <summary>A signature of a payload of a project. Payloads of different kinds must not be alike.</summary>
    public byte[] Sign(int project, ReadOnlySpan<byte> payload)
    {
        var secret = _secret ?? throw new InvalidOperationException("The link secret was not loaded");
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hmac.AppendData(BitConverter.GetBytes(project));
        hmac.AppendData(payload);
        return hmac.GetHashAndReset()[..16];
    }
}
