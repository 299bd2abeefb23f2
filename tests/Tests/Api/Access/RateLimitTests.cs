using Marketing.OAuth;
using Xunit;

namespace Marketing.Api;

public sealed class RateLimitTests(LimitedApiHost api) : IClassFixture<LimitedApiHost>
{
    [Fact]
    public async Task A_project_that_asks_too_much_is_told_when_to_come_back()
    {
        using var shop = await api.NewProjectAsync();
        using var other = await api.NewProjectAsync();

        // Two windows may be touched, so the refusal comes at twice the limit at the latest.
        var answers = new List<Answer>();
        for (var request = 0; request <= 2 * LimitedApiHost.Limit; request++)
        {
            answers.Add(await shop.GetAsync("/v1/customers"));
        }

        var refused = answers.First(answer => answer.Status == 429);
        refused.Error(429, "too_many_requests");
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal(("3", "0", "api_calls"), (refused.Header("X-Rate-Limit-Limit"), refused.Header("X-Rate-Limit-Remaining"), refused.Header("X-Rate-Limit-Type")));
        (await other.GetAsync("/v1/customers")).Ok();
    }

    [Fact]
    public async Task A_token_counts_with_the_keys_of_its_project()
    {
        using var shop = await api.NewProjectAsync();
        using var bearer = api.Bearing(await shop.TokenAsync());
        Answer one, other;
        do
        {
            (one, other) = (await bearer.GetAsync("/v1/customers"), await shop.GetAsync("/v1/customers"));
        }
        while (one.Header("X-Rate-Limit-Retry") != other.Header("X-Rate-Limit-Retry"));

        Assert.InRange(Remaining(one), 1, LimitedApiHost.Limit);
        Assert.Equal(Remaining(one) - 1, Remaining(other));

        static int Remaining(Answer answer) => int.Parse(answer.Header("X-Rate-Limit-Remaining")!, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task The_client_side_is_limited_by_address()
    {
        using var shop = await api.NewProjectAsync(settings => settings with { ClientCreateCustomer = true });
        using var browser = shop.ClientSide();
        var statuses = new List<int>();
        for (var request = 0; request < 40 && !statuses.Contains(429); request++)
        {
            statuses.Add((await browser.PostAsync("/client/v1/events", """{"event":"e","customer":{"source_id":"s"}}""")).Status);
        }

        Assert.Contains(429, statuses);
    }
}
