using Marketing.Api;

namespace Marketing.Observability;

/// <summary>A distribution that sends nothing anywhere, and so leaves only figures and spans.</summary>
internal static class Distributions
{
    private const string Visits =
        """
        {"name":"Visits","type":"automatic","trigger":{"type":"customer.custom_event","custom_event":"visit"},
        "action":{"type":"plain_message"},"channels":[{"type":"discard","template":{"text":"Hello"}}]}
        """;

    /// <summary>Live for the event <c>visit</c>; returns its id.</summary>
    public static async Task<string> GoLiveAsync(ProjectClient shop)
    {
        var id = await shop.NewDistributionAsync(Visits);
        (await shop.PostAsync($"/v1/distributions/{id}/activate")).Ok();
        return id;
    }

    public static Task SentAsync(ProjectClient shop, string id, int count) => shop.UntilAsync(
        $"/v1/distributions/{id}/analytics",
        answer => answer.GetProperty("totals").TryGetProperty("discard", out var totals) && totals.GetProperty("sent").GetInt32() == count);
}
