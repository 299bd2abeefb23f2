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

    /// <summary>Whether an entry leaves it to its connection where the receiver is.</summary>
    public static bool IsPath(string? url) => url is ['/', ..] and not ['/', '/', ..];

    /// <summary>The same for an entry that goes over a connection: its headers are for what lies beneath its address, and for nothing else.</summary>
    public static string? WhyNotBeneath(string root, string? url, bool allowPrivateNetworks, out Uri? target)
    {
        var beneath = root.TrimEnd('/');
        if (WhyNot(IsPath(url) ? beneath + url : url, allowPrivateNetworks, out target) is { } why)
        {
            return why;
        }

        // As it will be asked for: without dots that lead upwards.
        return Uri.TryCreate(beneath, UriKind.Absolute, out var start) && Uri.Compare(start, target, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0
            && (target!.AbsolutePath + '/').StartsWith(start.AbsolutePath.TrimEnd('/') + '/', StringComparison.Ordinal)
                ? null
                : "The target URL must lead beneath the address of the connection.";
    }

    private static bool IsPrivate(string host) =>
        IPAddress.TryParse(host, out var address)
            ? !PublicAddress.Is(address)
            : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
