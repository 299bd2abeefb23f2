namespace Marketing.Http;

/// <summary>
/// The endpoint is also opened by a link that its own answer gave: a request with the query parameter needs no key, and the endpoint sees whether the link is good. Endpoint
/// metadata.
/// </summary>
/// <param name="Parameter">The query parameter.</param>
internal sealed record OpenedByLink(string Parameter);
