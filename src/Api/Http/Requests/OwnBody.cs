using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Marketing.Http;

/// <summary>
/// The JSON body of a request about one of the engine's own resources. Unlike the product's, which ignore what they do not know, these refuse fields that are
/// not in the document: a misspelt one would be a setting that quietly has no effect. Handlers take it as a parameter.
/// </summary>
/// <typeparam name="T">The annotated record that says which fields there are.</typeparam>
internal sealed class OwnBody<T> : IEndpointParameterMetadataProvider
    where T : class
{
    private readonly JsonBody _body;

    private OwnBody(JsonBody body) => _body = body;

    /// <inheritdoc cref="JsonBody.Utf8"/>
    public ReadOnlyMemory<byte> Utf8 => _body.Utf8;

    /// <inheritdoc cref="JsonBody.IsEmpty"/>
    public bool IsEmpty => _body.IsEmpty;

    /// <inheritdoc cref="JsonBody.Object"/>
    public Payload Object => _body.Object;

    /// <inheritdoc cref="JsonBody.Array"/>
    public Payload Array => _body.Array;

    public static async ValueTask<OwnBody<T>?> BindAsync(HttpContext context)
    {
        var body = (await JsonBody.BindAsync(context))!;
        if (!body.IsEmpty)
        {
            KnownFields.RefuseOthers((typeof(T).IsAssignableTo(typeof(System.Collections.IEnumerable)) ? body.Array : body.Object).Element, typeof(T));
        }

        return new OwnBody<T>(body);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
}
