using Xunit;

namespace Marketing.Api;

[Collection(ApiTests.Name)]
public sealed class HeadTests(ApiHost api)
{
    [Fact]
    public async Task Every_page_that_answers_get_answers_head_with_the_same_status_and_no_body()
    {
        using var shop = await api.NewProjectAsync();
        using var operators = api.Management();
        var id = await shop.NewDistributionAsync();
        string[] open = ["/docs", "/openapi/v1.json", "/health/live", "/health/ready", "/nowhere"];
        foreach (var path in EndpointTable.Reading.Select(endpoint => EndpointTable.Request(endpoint, id).Path).Concat(open))
        {
            ApiClient caller = path.StartsWith("/management", StringComparison.Ordinal) ? operators : shop;
            var expected = path.EndsWith("/stream", StringComparison.Ordinal) ? 200 : (await caller.GetAsync(path)).Status;
            var answer = await caller.SendAsync("HEAD", path);
            Assert.True((answer.Status, answer.Text) == (expected, ""), $"{path}: {answer.Status} instead of {expected}, '{answer.Text}'");
        }
    }

    [Fact]
    public async Task Nothing_that_only_acts_answers_head()
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewDistributionAsync();
        Assert.Equal(405, (await shop.SendAsync("HEAD", $"/v1/distributions/{id}/activate")).Status);
        Assert.Equal(405, (await shop.SendAsync("HEAD", "/v1/customers/bulk/async")).Status);
        Assert.Equal(405, (await shop.SendAsync("HEAD", "/client/v1/events")).Status);
    }

    [Fact]
    public async Task Head_needs_the_same_key()
    {
        using var anybody = api.Anonymous();
        Assert.Equal(401, (await anybody.SendAsync("HEAD", "/v1/customers")).Status);
    }

    [Fact]
    public async Task The_headers_of_a_live_activity_log_are_an_answer_that_ends()
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewDistributionAsync();
        var answer = await shop.SendAsync("HEAD", $"/v1/distributions/{id}/activity/stream");
        Assert.Equal((200, "text/event-stream"), (answer.Status, answer.MediaType));

        // On the same connection, which an answer without an end would keep.
        Assert.Equal(200, (await shop.GetAsync($"/v1/distributions/{id}")).Status);
    }
}
