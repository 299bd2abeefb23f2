namespace Marketing.Http;

/// <summary>How large the body of an endpoint may be; endpoint metadata.</summary>
/// <param name="Bytes">The limit.</param>
internal sealed record BodyLimit(int Bytes)
{
    /// <summary>For everything that does not say otherwise.</summary>
    public static readonly BodyLimit Default = new(1024 * 1024);

    /// <summary>For bulk uploads; the product's own limit.</summary>
    public static readonly BodyLimit Bulk = new(10 * 1024 * 1024);

    public static BodyLimit Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<BodyLimit>() ?? Default;
}
