using System.Security.Cryptography;
using System.Text;

namespace Marketing.Channels.Webhooks;

/// <summary>
/// The two signatures every delivery carries: Voucherify's over the body, and the Standard Webhooks one over id, time and body.
/// Keyed once for many deliveries, one at a time.
/// </summary>
internal sealed class WebhookSignature(string secret) : IDisposable
{
    public const string Header = "x-voucherify-signature";
    public const string StandardHeader = "webhook-signature";

    private const string StandardSecretPrefix = "whsec_";
    private const string Version = "v1,";

    private readonly IncrementalHash _body = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
    private readonly IncrementalHash _standard = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, StandardKey(secret));

    public string Secret => secret;

    /// <summary>Lower-case hex HMAC-SHA256 of the body.</summary>
    public string OfBody(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _body.AppendData(body);
        _body.GetHashAndReset(hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary><c>v1,</c> and the base64 HMAC-SHA256 of <c>{id}.{timestamp}.{body}</c>.</summary>
    public string Standard(ReadOnlySpan<byte> signedContent)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        _standard.AppendData(signedContent);
        _standard.GetHashAndReset(hash);
        Span<char> text = stackalloc char[Version.Length + ((HMACSHA256.HashSizeInBytes + 2) / 3 * 4)];
        Version.CopyTo(text);
        Convert.TryToBase64Chars(hash, text[Version.Length..], out _);
        return new string(text);
    }

    public void Dispose()
    {
        _body.Dispose();
        _standard.Dispose();
    }

    private static byte[] StandardKey(string secret)
    {
        if (secret.StartsWith(StandardSecretPrefix, StringComparison.Ordinal))
        {
            var encoded = secret.AsSpan(StandardSecretPrefix.Length);
            var key = new byte[encoded.Length];
            if (encoded.Length > 0 && Convert.TryFromBase64Chars(encoded, key, out var length))
            {
                return key[..length];
            }
        }

        // Also a secret that only looks like the standard form: its holder can still compute this.
        return Encoding.UTF8.GetBytes(secret);
    }
}
