namespace Marketing.Http;

/// <summary>What stands in a path, for the OpenAPI document. Endpoint metadata.</summary>
/// <param name="Name">Between the braces of the route.</param>
/// <param name="Sentence">What it is.</param>
internal sealed record PathParameter(string Name, string Sentence);

/// <summary>Says it.</summary>
internal static class PathParameterExtensions
{
    public static TBuilder WithPath<TBuilder>(this TBuilder endpoints, string name, string sentence)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new PathParameter(name, sentence));
}
