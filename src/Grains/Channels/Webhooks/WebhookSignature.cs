using System.Security.Cryptography;
using System.Text;

namespace Marketing.Channels.Webhooks;

/// <summary>The two signatures every delivery carries: Voucherify's over the body, and the Standard Webhooks one over id, time and body.</summary>
internal static class WebhookSignature
{
    public const string Header = "x-voucherify-signature";
    public const string StandardHeader = "webhook-signature";

    private const string StandardSecretPrefix = "whsec_";

    /// <summary>Lower-case hex HMAC-SHA256 of the body.</summary>
    public static string OfBody(string secret, ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, hash);
        return Convert.ToHexStringLower(hash);
    }

    /// <summary><c>v1,</c> and the base64 HMAC-SHA256 of <c>{id}.{timestamp}.{body}</c>.</summary>
    public static string Standard(string secret, ReadOnlySpan<byte> signedContent)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(StandardKey(secret), signedContent, hash);
        return "v1," + Convert.ToBase64String(hash);
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
