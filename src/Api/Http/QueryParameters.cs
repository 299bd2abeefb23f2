namespace Marketing.Http;

/// <summary>The query parameters an endpoint reads, for the OpenAPI document. Endpoint metadata.</summary>
/// <param name="Names">Their names, brackets included.</param>
internal sealed record QueryParameters(IReadOnlyList<string> Names);

/// <summary>Says them.</summary>
internal static class QueryParameterExtensions
{
    public static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder endpoint, params string[] names) =>
        endpoint.WithMetadata(new QueryParameters(names));
}
