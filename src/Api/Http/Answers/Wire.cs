using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Marketing.Http;

/// <summary>The answer 200 with an object in the wire format.</summary>
/// <typeparam name="T">The annotated record that is written, and shown in the OpenAPI document.</typeparam>
internal sealed class Wire<T>(T value) : IResult, IEndpointMetadataProvider
{
    public T Value { get; } = value;

    public Task ExecuteAsync(HttpContext httpContext) => WireWriter.WriteAsync(httpContext.Response, Value);

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
}
