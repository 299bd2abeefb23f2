using System.Text.Json;
using System.Text.RegularExpressions;

namespace Marketing.Api;

/// <summary>What the product that this API is compatible with takes and answers: reference.json beside this file. How that was made, and what its shapes mean, says derive.py.</summary>
internal static partial class ReferenceApi
{
    private static readonly JsonElement All = JsonElement.Parse(File.ReadAllText(Repository.File("tests/Tests/Api/Contract/reference.json")));

    /// <summary>By method and path, with <c>{}</c> for whatever a parameter is called.</summary>
    public static IReadOnlyDictionary<string, ReferenceOperation> Operations { get; } =
        All.EnumerateObject().ToDictionary(operation => Normalized(operation.Name), operation => new ReferenceOperation(operation.Name, operation.Value));

    public static string Normalized(string endpoint) => Parameter().Replace(endpoint, "{}");

    /// <summary>The fields of the shape of an object.</summary>
    public static IEnumerable<(string Name, bool IsRequired, bool MayBeNull, JsonElement Shape)> Fields(JsonElement shape) => shape.EnumerateObject()
        .Select(field => (field.Name.TrimEnd('!', '?'), field.Name.Contains('!', StringComparison.Ordinal), field.Name.EndsWith('?'), field.Value));

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}

/// <summary>One method of one path.</summary>
internal sealed record ReferenceOperation(string Endpoint, JsonElement Facts)
{
    public JsonElement? Answer => Facts.TryGetProperty("answer", out var answer) ? answer : null;

    public JsonElement? JsonBody => Facts.TryGetProperty("body", out var body) && body.TryGetProperty("application/json", out var json) ? json : null;

    public IEnumerable<string> Scopes => Facts.TryGetProperty("scopes", out var scopes) ? scopes.EnumerateArray().Select(scope => scope.GetString()!) : [];

    public IEnumerable<string> Query => Facts.TryGetProperty("query", out var query) ? query.EnumerateObject().Select(parameter => parameter.Name) : [];
}
