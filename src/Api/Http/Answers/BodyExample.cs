using System.Text.Json.Nodes;

namespace Marketing.Http;

/// <summary>A body that an endpoint takes, for the OpenAPI document. Endpoint metadata.</summary>
/// <param name="Json">The body; of a form, its parts.</param>
internal sealed record BodyExample(JsonNode Json);

/// <summary>Gives it.</summary>
internal static class BodyExampleExtensions
{
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder endpoint, string json) =>
        endpoint.WithMetadata(new BodyExample(JsonNode.Parse(json)!));
}
