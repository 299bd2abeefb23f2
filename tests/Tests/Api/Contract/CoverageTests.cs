using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace Marketing.Api;

/// <summary>docs/api-coverage.md says which endpoints of the reference there are. It is read by people who decide by it, so it must not go stale.</summary>
[Collection(ApiTests.Name)]
public sealed partial class CoverageTests(ApiHost api)
{
    private const string Document = "docs/api-coverage.md";

    private static readonly string[] States = ["there", "partly", "not there"];

    [Fact]
    public void It_has_each_endpoint_of_the_reference_once()
    {
        var rows = Rows().ToLookup(row => row.Endpoint);
        Assert.All(ReferenceApi.Operations.Values, operation => Assert.True(
            rows[operation.Endpoint].Count() == 1, $"{Document} has {rows[operation.Endpoint].Count()} rows for {operation.Endpoint}; one is needed: | not there | {operation.Endpoint.Replace(" ", " | ", StringComparison.Ordinal)} | |"));
        Assert.All(rows, row => Assert.True(ReferenceApi.Operations.ContainsKey(ReferenceApi.Normalized(row.Key)), $"{Document}, line {row.First().Line}: the reference has no {row.Key}; take the line out"));
    }

    [Fact]
    public void It_says_what_is_there()
    {
        var ours = api.Routes.SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [], (route, method) =>
            ReferenceApi.Normalized($"{method} {route.RoutePattern.RawText!.TrimEnd('/')}")).ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(Rows());
        Assert.All(Rows(), row =>
        {
            var exists = ours.Contains(ReferenceApi.Normalized(row.Endpoint));
            Assert.True(States.Contains(row.State), $"{Document}, line {row.Line}: '{row.State}' must be one of: {string.Join(", ", States)}");
            Assert.True(exists || row.State == "not there", $"{Document}, line {row.Line}: {row.Endpoint} does not exist; change '{row.State}' to 'not there'");
            Assert.True(!exists || row.State != "not there", $"{Document}, line {row.Line}: {row.Endpoint} exists; change 'not there' to 'there', or to 'partly' and say in the last column what is missing");
            Assert.True(row.State != "partly" || row.Missing.Length > 0, $"{Document}, line {row.Line}: {row.Endpoint} is there partly; say in the last column what is missing");
        });
    }

    private static List<(int Line, string State, string Endpoint, string Missing)> Rows() =>
    [
        .. File.ReadLines(Repository.File(Document)).Select((text, number) => (Match: Row().Match(text), Line: number + 1)).Where(row => row.Match.Success)
            .Select(row => (row.Line, row.Match.Groups[1].Value, $"{row.Match.Groups[2].Value} {row.Match.Groups[3].Value}", row.Match.Groups[4].Value.Trim())),
    ];

    [GeneratedRegex(@"^\| *([a-z ]+?) *\| *(GET|POST|PUT|DELETE|PATCH) *\| *`?(/[^ `|]+)`? *\|([^|]*)\|")]
    private static partial Regex Row();
}
