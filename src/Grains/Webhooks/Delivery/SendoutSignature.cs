using System.Text;
using Marketing.Channels.Webhooks;

namespace Marketing.Webhooks;

/// <summary>The signatures of a sendout as Standard Webhooks has them: one for each secret that holds, with a space between.</summary>
internal static class SendoutSignature
{
    public static string Of(IReadOnlyList<string> secrets, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return string.Join(' ', secrets.Select(secret =>
        {
            using var signature = new WebhookSignature(secret);
            return signature.Standard(signed);
        }));
    }
}
