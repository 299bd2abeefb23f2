using System.Text.Json.Nodes;

namespace Marketing.Http;

/// <summary>An answer that an endpoint gives, for the OpenAPI document. Endpoint metadata.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Json">Its body.</param>
/// <param name="Sentence">When it comes, or what it says.</param>
internal sealed record AnswerExample(int Status, JsonNode Json, string Sentence);

/// <summary>Gives it.</summary>
internal static class AnswerExampleExtensions
{
    public static RouteHandlerBuilder WithAnswer(this RouteHandlerBuilder endpoint, int status, string json, string sentence) =>
        endpoint.WithMetadata(new AnswerExample(status, JsonNode.Parse(json)!, sentence));
}
