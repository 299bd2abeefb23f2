using System.Security.Cryptography;
using System.Text;

namespace Marketing.Webhooks;

/// <summary>What docs/webhooks.md tells receivers to do, to the letter.</summary>
internal static class Receiver
{
    // docs: begin
    public static bool IsGenuine(string id, string timestamp, string signatures, ReadOnlySpan<byte> body, string secret, long now)
    {
        if (!long.TryParse(timestamp, out var sent) || Math.Abs(now - sent) > 300)
        {
            return false;
        }

        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var expected = Encoding.UTF8.GetBytes("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed)));
        return signatures.Split(' ').Any(given => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), expected));
    }

    // docs: end
}
