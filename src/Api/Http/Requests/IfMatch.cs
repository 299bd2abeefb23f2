using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Marketing.Http;

/// <summary>
/// The version that a change is meant for, out of <c>If-Match</c>: a number between quotes, as the answer's <c>ETag</c> has it. Weak ones count, because proxies that compress make them so. Handlers take it as a parameter.
/// </summary>
internal sealed class IfMatch : IEndpointParameterMetadataProvider
{
    private const long None = -1;

    private IfMatch(long? version) => Version = version;

    /// <summary>The version; null where any will do.</summary>
    public long? Version { get; }

    public static ValueTask<IfMatch?> BindAsync(HttpContext context)
    {
        var text = context.Request.Headers.IfMatch.ToString().Trim();
        var tag = text.StartsWith("W/", StringComparison.Ordinal) ? text[2..] : text;
        return ValueTask.FromResult<IfMatch?>(new IfMatch(tag switch
        {
            "" or "*" => null,
            ['"', .. var inner, '"'] when !inner.Contains('"', StringComparison.Ordinal) =>
                long.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : None,
            _ => throw new RefusedException(new ApiError(400, "invalid_if_match", "Invalid If-Match", "If-Match must be one ETag, such as \"3\", or *")),
        }));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(TakesIfMatch.Instance);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status412PreconditionFailed, typeof(ErrorBody), ["application/json"]));
    }
}

/// <summary>Says that an endpoint looks at <c>If-Match</c>. Endpoint metadata.</summary>
internal sealed class TakesIfMatch
{
    public static readonly TakesIfMatch Instance = new();
}
