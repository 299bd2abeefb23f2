using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Marketing.Api;

[Collection(ApiTests.Name)]
public sealed partial class OperationsTests(ApiHost api)
{
    [Fact]
    public async Task Health_needs_no_key()
    {
        using var anybody = api.Anonymous();
        Assert.Equal(200, (await anybody.GetAsync("/health/live")).Status);
        Assert.Equal(200, (await anybody.GetAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task The_document_describes_every_endpoint()
    {
        using var anybody = api.Anonymous();
        var document = (await anybody.GetAsync("/openapi/v1.json")).Ok();
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name.TrimEnd('/')}"));
        Assert.Empty(EndpointTable.All.Except(described));
        Assert.All(Operations(document), operation => Assert.False(string.IsNullOrEmpty(operation.GetProperty("summary").GetString())));
        Assert.All(Operations(document), operation => Assert.True(operation.TryGetProperty("security", out _)));
        Assert.Contains("created_at[before]", document.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("\"source_id\"", document.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_root_leads_browsers_to_the_manager_and_others_to_the_page()
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await browser.GetAsync(api.Address, TestContext.Current.CancellationToken);
        Assert.Equal((System.Net.HttpStatusCode.Found, "/docs"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        using var page = await browser.GetAsync(api.Address, TestContext.Current.CancellationToken);
        Assert.Equal((System.Net.HttpStatusCode.Found, "/ui/"), (page.StatusCode, page.Headers.Location?.OriginalString));
        using var anybody = api.Anonymous();
        Assert.Equal("text/html", (await anybody.GetAsync("/")).MediaType);
    }

    [Fact]
    public async Task The_page_loads_nothing_from_elsewhere()
    {
        using var anybody = api.Anonymous();
        var page = await anybody.GetAsync("/docs");
        Assert.Equal((200, "text/html"), (page.Status, page.MediaType));
        var sources = Source().Matches(page.Text).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.DoesNotContain("//", source, StringComparison.Ordinal));
        foreach (var source in sources.Where(source => source.EndsWith(".js", StringComparison.Ordinal)))
        {
            Assert.Equal(200, (await anybody.GetAsync(new Uri(new Uri(api.Address, "/docs/"), source).AbsolutePath)).Status);
        }
    }

    [Fact]
    public async Task Every_answer_says_where_the_caller_stands()
    {
        using var shop = await api.NewProjectAsync();
        var answer = await shop.GetAsync("/v1/customers");
        Assert.Equal("1000000", answer.Header("X-Rate-Limit-Limit"));
        Assert.Equal("1000000", answer.Header("X-Rate-Limit-Remaining"));
        Assert.Matches("^[0-9]{10}$", answer.Header("X-Rate-Limit-Retry"));
        Assert.Matches("^v-[0-9a-f]{18}$", answer.Header("X-Request-Id"));
    }

    [Fact]
    public void The_id_of_a_request_is_its_own() => Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(_ => RequestIds.New()).Distinct().Count());

    private static IEnumerable<JsonElement> Operations(JsonElement document) =>
        document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => operation.Value));

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Source();
}
