using System.Net;

namespace Marketing.Channels.Webhooks;

/// <summary>
/// Which addresses an author may post to. Names are looked at again when connecting; here only what can be told without asking DNS.
/// </summary>
internal static class WebhookTarget
{
    public static string? WhyNot(string? url, bool allowPrivateNetworks, out Uri? target)
    {
        target = null;
        if (string.IsNullOrWhiteSpace(url))
        {
            return "A target URL is required.";
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return "The target URL must be absolute, such as https://example.com/hooks.";
        }

        if (uri.Scheme is not ("http" or "https"))
        {
            return "The target URL must start with https:// or http://.";
        }

        if (uri.UserInfo.Length > 0)
        {
            return "The target URL cannot hold a user name or password; use a header.";
        }

        if (uri.Port is < 1 or > 65535)
        {
            return "The port of the target URL is out of range.";
        }

        if (!allowPrivateNetworks && IsPrivate(uri.IdnHost.TrimEnd('.')))
        {
            return "The target URL leads to a private or reserved address.";
        }

        target = uri;
        return null;
    }

    private static bool IsPrivate(string host) =>
        IPAddress.TryParse(host, out var address)
            ? !PublicAddress.Is(address)
            : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
