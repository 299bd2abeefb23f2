namespace Marketing.Http;

/// <summary>
/// The origin of a web page: scheme, host and port, and nothing else. Other schemes have origins too, or the opaque <c>null</c>, but their host is a name that
/// anybody's app, extension or file may choose.
/// </summary>
internal sealed record WebOrigin(string Scheme, string Host, int Port)
{
    /// <summary>The origin a text is, or null. Ports that go without saying need not be said.</summary>
    public static WebOrigin? TryRead(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && text.StartsWith($"{uri.Scheme}://", StringComparison.OrdinalIgnoreCase)
        && uri is { UserInfo: "", PathAndQuery: "/", Fragment: "" }
        && !text.AsSpan().ContainsAny(" \t\\")
            ? new WebOrigin(uri.Scheme, uri.IdnHost.ToLowerInvariant(), uri.Port)
            : null;
}
