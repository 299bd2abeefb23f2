using System.Text.Json;
using Marketing.Activity;

namespace Marketing.Customers;

/// <summary>
/// What of a customer's activity belongs to a campaign. The campaign stands in the objects of an entry and in no column: one that every entry of every customer would carry is not worth what few ask for.
/// </summary>
internal static class CampaignActivity
{
    private const int MostLookedAt = 10_000;
    private const int AtOnce = 100;

    public static async Task<Page<ActivityRow>> ListAsync(ICustomerStore store, long customer, ActivityQuery query, CancellationToken cancellation)
    {
        var found = new List<ActivityRow>();
        var part = query with { Limit = AtOnce };
        for (var looked = 0; looked < MostLookedAt;)
        {
            var page = await store.ActivityAsync(customer, part, cancellation);
            foreach (var row in page.Items.Where(row => IsOf(row, query)))
            {
                // Entries of the instant that a page ends with belong to it where whoever goes on does so by the instant.
                if (found.Count >= query.Limit && (query.StartingAfter is null || row.At != found[^1].At))
                {
                    return new Page<ActivityRow>(found, -1, HasMore: true);
                }

                found.Add(row);
            }

            if (!page.HasMore || page.Items.Count == 0)
            {
                break;
            }

            looked += page.Items.Count;
            part = part with { StartingAfterId = page.Items[^1].Id, StartingAfter = null };
        }

        return new Page<ActivityRow>(found, -1, HasMore: false);
    }

    private static bool IsOf(ActivityRow row, ActivityQuery query)
    {
        using var data = JsonDocument.Parse(row.Data);
        return data.RootElement.TryGetProperty("campaign", out var campaign) && campaign.ValueKind == JsonValueKind.Object
            && Is(campaign, "id", query.Campaign) && Is(campaign, "campaign_type", query.CampaignType);
    }

    private static bool Is(JsonElement campaign, string field, string? wanted) =>
        wanted is null || (campaign.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(wanted));
}
