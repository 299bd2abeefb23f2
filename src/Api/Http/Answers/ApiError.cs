using System.Globalization;
using System.Text.Json;

namespace Marketing.Http;

/// <summary>A refusal as the caller sees it. The keys are part of the wire contract: clients branch on them.</summary>
/// <param name="Status">HTTP status, repeated in the body as <c>code</c>.</param>
/// <param name="Key">Stable name of the kind of refusal.</param>
/// <param name="Message">The kind in words; the same for every refusal with this key.</param>
/// <param name="Details">What was wrong with this request.</param>
internal sealed record ApiError(int Status, string Key, string Message, string? Details = null) : IResult
{
    public string? ResourceId { get; init; }

    public string? ResourceType { get; init; }

    /// <summary>What stands in the way, all of <see cref="RelatedType"/>.</summary>
    public IReadOnlyList<string>? RelatedIds { get; init; }

    public string? RelatedType { get; init; }

    public IReadOnlyList<FieldProblem>? Problems { get; init; }

    /// <summary>What the shop wrote for its customers to read; the product has it in an object <c>error</c>.</summary>
    public string? Told { get; init; }

    /// <summary>The version there is, where another one was meant.</summary>
    public long? Version { get; init; }

    /// <summary>Seconds to wait before another attempt makes sense.</summary>
    public int? RetryAfter { get; init; }

    public static ApiError InvalidPayload(string details) => new(400, "invalid_payload", "Invalid payload", details);

    public static ApiError InvalidPayload(IReadOnlyList<FieldProblem> problems) =>
        InvalidPayload(string.Join("; ", problems.Take(10).Select(problem => $"{problem.Field}: {problem.Message}"))) with { Problems = problems };

    /// <summary>Fields of a body that are wrong, by their paths.</summary>
    public static ApiError InvalidFields(IReadOnlyList<FieldProblem> problems) =>
        InvalidPayload(string.Join(" ", problems.Select(problem => $"Payload property '.{problem.Field}' {problem.Message}"))) with { Problems = problems };

    /// <summary>Metadata that is not as the project's schemas say, all of it.</summary>
    public static ApiError InvalidMetadata(IEnumerable<FieldProblem> problems) => new(
        400, "metadata_validation_failed", "Metadata validation failed", string.Join("; ", problems.Select(problem => $"{KeyOf(problem.Field)}: {problem.Message}")))
    {
        Problems = [.. problems],
    };

    public static ApiError InvalidQuery(string details) => new(400, "invalid_query_params", "Invalid query params", details);

    public static ApiError PageOverLimit(int limit) => new(400, "page_over_limit", "Page over limit", $"Property .page must be <= {limit}");

    public static ApiError DuplicateSourceId(string type, string sourceId) =>
        new(400, "duplicate_source_id", "Duplicate source_id", $"{type} with source_id: '{sourceId}' already exists");

    /// <summary>There is one with this name already.</summary>
    public static ApiError Duplicate(string type, string id, string details) => new(409, "duplicate_found", "Duplicated resource found", details) { ResourceId = id, ResourceType = type };

    /// <summary>Somebody else changed it since the version that <c>If-Match</c> names.</summary>
    public static ApiError VersionChanged(string type, string id, long version) =>
        new(412, "version_changed", "Version changed", $"The {type} was changed since; it is now version {version}") { ResourceId = id, ResourceType = type, Version = version };

    public static ApiError KeyReused() => new(
        409, "idempotency_key_reused", "Idempotency key reused",
        "This Idempotency-Key was already used for a request with another method, path or body");

    public static ApiError Unauthorized(string? details = null) => new(401, "unauthorized", "Unauthorized", details);

    public static ApiError MissingScope(string scope) => new(
        403, "missing_required_permission", "Missing permission", $"The token is limited to: {scope}");

    public static ApiError NotFound(string type, string id) => new(404, "not_found", "Resource not found", $"Cannot find {type} with id {id}")
    {
        ResourceId = id,
        ResourceType = type,
    };

    public static ApiError TooLarge(long limit) =>
        new(413, "payload_too_large", "Payload too large", $"Payload content length greater than maximum allowed: {limit}");

    public static ApiError UnsupportedMediaType(string expected) =>
        new(415, "unsupported_media_type", "Unsupported media type", $"Expected {expected}");

    public static ApiError TooManyRequests(int retryAfter) =>
        new(429, "too_many_requests", "Too many requests", "Rate limit exceeded") { RetryAfter = retryAfter };

    public static ApiError Unavailable() => new(
        503, "service_unavailable", "Service unavailable",
        "The request may or may not have taken effect; repeat it with the same Idempotency-Key")
    {
        RetryAfter = 1,
    };

    public static ApiError Internal() => new(500, "internal_error", "Internal error");

    /// <summary>The same request was done before; what it made is gone.</summary>
    public static ApiError DeletedMeanwhile(string type, string id) => NotFound(type, id) with
    {
        Details = $"The {type} that was made with this Idempotency-Key was deleted meanwhile",
    };

    /// <summary>The body for a status that something below the endpoints set without one.</summary>
    public static ApiError ForStatus(int status) => status switch
    {
        401 => Unauthorized(),
        404 => new(404, "not_found", "Resource not found", "There is nothing at this path"),
        405 => new(405, "method_not_allowed", "Method not allowed"),
        408 => new(408, "request_timeout", "Request timeout"),
        413 => new(413, "payload_too_large", "Payload too large"),
        415 => UnsupportedMediaType("application/json"),
        429 => TooManyRequests(1),
        503 => Unavailable(),
        >= 500 => Internal() with { Status = status },
        _ => new(status, "bad_request", "Bad request"),
    };

    // As the product names it where it is the metadata of the body itself.
    private static string KeyOf(string field) => field.StartsWith("metadata.", StringComparison.Ordinal) ? field["metadata.".Length..] : field;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        if (RetryAfter is { } seconds)
        {
            httpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (Version is { } version)
        {
            httpContext.Response.Headers.ETag = Wire.Tag(version);
        }

        return WireWriter.WriteAsync(httpContext.Response, (Error: this, httpContext.TraceIdentifier), static (json, state) =>
            state.Error.Write(json, state.TraceIdentifier));
    }

    public void Write(Utf8JsonWriter json, string requestId)
    {
        json.WriteStartObject();
        json.WriteNumber("code"u8, Status);
        json.WriteString("key"u8, Key);
        json.WriteString("message"u8, Message);
        if (Details is not null)
        {
            json.WriteString("details"u8, Details);
        }

        json.WriteString("request_id"u8, requestId);
        if (ResourceId is not null)
        {
            json.WriteString("resource_id"u8, ResourceId);
            json.WriteString("resource_type"u8, ResourceType);
        }

        if (RelatedIds is not null)
        {
            json.WriteStartArray("related_object_ids"u8);
            foreach (var related in RelatedIds)
            {
                json.WriteStringValue(related);
            }

            json.WriteEndArray();
            json.WriteString("related_object_type"u8, RelatedType);
        }

        if (Told is not null)
        {
            json.WriteStartObject("error"u8);
            json.WriteString("message"u8, Told);
            json.WriteEndObject();
        }

        if (Problems is not null)
        {
            json.WritePropertyName("problems"u8);
            JsonSerializer.Serialize(json, Problems, WireJson.Options);
        }

        json.WriteEndObject();
    }
}
