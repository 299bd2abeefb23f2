using System.Text.Json;

namespace Marketing.Http;

/// <summary>
/// The JSON body of a request: read within the endpoint's limit, checked, and parsed into pooled memory that is given back when
/// the request ends. Handlers take it as a parameter.
/// </summary>
internal sealed class JsonBody : IDisposable
{
    private const int MaxDepth = 32;

    private readonly JsonDocument? _document;

    private JsonBody(ReadOnlyMemory<byte> utf8, JsonDocument? document)
    {
        Utf8 = utf8;
        _document = document;
    }

    /// <summary>The bytes as they arrived; valid until the request ends.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>Whether there is no body at all.</summary>
    public bool IsEmpty => _document is null;

    /// <summary>The body, which must be an object.</summary>
    public Payload Object => Root(JsonValueKind.Object, "object");

    /// <summary>The body, which must be an array.</summary>
    public Payload Array => Root(JsonValueKind.Array, "array");

    public static async ValueTask<JsonBody?> BindAsync(HttpContext context)
    {
        RefuseOtherContent(context.Request);
        var pooled = await PooledBody.ReadAsync(context, BodyLimit.Of(context).Bytes);
        var body = Parse(pooled.Memory);
        context.Response.RegisterForDispose(body);
        return body;
    }

    public void Dispose() => _document?.Dispose();

    internal static JsonBody Parse(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return new JsonBody(utf8, null);
        }

        if (BodyText.Problem(utf8.Span) is { } problem)
        {
            throw new RefusedException(ApiError.InvalidPayload(problem));
        }

        try
        {
            return new JsonBody(utf8, JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth }));
        }
        catch (JsonException exception)
        {
            throw new RefusedException(ApiError.InvalidPayload(
                $"Payload must be JSON, at most {MaxDepth} levels deep (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})"));
        }
    }

    private static void RefuseOtherContent(HttpRequest request)
    {
        var type = request.ContentType;
        if (type is not null && !request.HasJsonContentType())
        {
            throw new RefusedException(ApiError.UnsupportedMediaType("application/json"));
        }

        var encoding = request.Headers.ContentEncoding;
        if (encoding.Count > 0 && !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase))
        {
            throw new RefusedException(ApiError.UnsupportedMediaType("a body without Content-Encoding"));
        }
    }

    private Payload Root(JsonValueKind kind, string name) => _document?.RootElement is { } root && root.ValueKind == kind
        ? new Payload(root, "")
        : throw new RefusedException(ApiError.InvalidPayload($"Payload must be {name}"));
}
