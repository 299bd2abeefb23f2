using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Marketing.Http;

/// <summary>The answer 200 with an object in the wire format.</summary>
/// <typeparam name="T">The annotated record that is written, and shown in the OpenAPI document.</typeparam>
/// <param name="value">The object.</param>
/// <param name="version">Which version of it this is, for <c>ETag</c>; null where nobody keeps count.</param>
internal sealed class Wire<T>(T value, long? version = null) : IResult, IEndpointMetadataProvider
{
    public T Value { get; } = value;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (version is { } known)
        {
            httpContext.Response.Headers.ETag = Wire.Tag(known);
        }

        return WireWriter.WriteAsync(httpContext.Response, Value);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
}

/// <summary>The answer 202: stored, and worked on in the background.</summary>
/// <typeparam name="T">The annotated record that is written.</typeparam>
internal sealed class WireAccepted<T>(T value) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status202Accepted;
        return WireWriter.WriteAsync(httpContext.Response, value);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status202Accepted, typeof(T), ["application/json"]));
}

/// <summary>Makes answers.</summary>
internal static class Wire
{
    public static Wire<T> Ok<T>(T value) => new(value);

    /// <summary>The answer about an object whose versions are counted.</summary>
    public static Wire<T> Ok<T>(T value, long version) => new(value, version);

    /// <summary>A version as <c>ETag</c> and <c>If-Match</c> have it.</summary>
    public static string Tag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
