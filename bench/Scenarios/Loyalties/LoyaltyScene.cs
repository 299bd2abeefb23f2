using System.Globalization;
using System.Text;
using System.Text.Json;
using Marketing.Bench.Deployments;

namespace Marketing.Bench.Scenarios;

/// <summary>A loyalty programme of which customers c-0 … c-(count-1) are members.</summary>
internal static class LoyaltyScene
{
    public const string Program = "Friends";

    private const int RowsPerFile = 100_000;

    /// <summary>Two rules for paid orders and three tiers, which go by the balance.</summary>
    public static async Task MakeProgramAsync(Shop shop)
    {
        await shop.Engine.Shop.PostAsync("/v1/loyalties", new { name = Program, type = "AUTO_UPDATE", join_once = true, voucher = new { type = "LOYALTY_CARD", loyalty_card = new { points = 0 } } });
        await shop.Engine.Shop.PostAsync($"/v1/loyalties/{Program}/earning-rules", new object[]
        {
            new { @event = "order.paid", loyalty = new { type = "FIXED", points = 5 } },
            new { @event = "order.paid", loyalty = new { type = "PROPORTIONAL", calculation_type = "ORDER_AMOUNT", order = new { amount = new { every = 1_000, points = 1 } } } },
        });
        await shop.Engine.Shop.PostAsync(
            $"/v1/loyalties/{Program}/tiers", new[] { (Name: "Bronze", From: 1), (Name: "Silver", From: 100), (Name: "Gold", From: 1_000) }.Select(static tier => new { name = tier.Name, points = new { from = tier.From } }));
    }

    /// <summary>Imports members with cards M-0 … M-(count-1).</summary>
    /// <param name="shop">Where.</param>
    /// <param name="count">How many.</param>
    /// <param name="points">What each brings.</param>
    /// <param name="ends">The last day of that.</param>
    public static async Task JoinAsync(Shop shop, int count, int points, string ends)
    {
        for (var from = 0; from < count; from += RowsPerFile)
        {
            var file = new StringBuilder("Code,Customer Source Id,Points,Points Expiration Date\n");
            for (var member = from; member < Math.Min(count, from + RowsPerFile); member++)
            {
                file.Append(CultureInfo.InvariantCulture, $"M-{member},c-{member},{points},{ends}\n");
            }

            using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(file.ToString())), "file", "members.csv" } };
            using var response = await shop.Engine.Http.PostAsync($"/v1/campaigns/{Program}/importCSV", form);
            response.EnsureSuccessStatusCode();
            var job = JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("async_action_id").GetString();
            var done = await shop.UntilAsync($"/v1/async-actions/{job}", static action => action.GetProperty("status").GetString() is "DONE" or "FAILED");
            if (done.GetProperty("result").GetProperty("failed_count").GetInt32() > 0)
            {
                throw new ViolationException($"Members cannot be imported: {done.GetProperty("result").GetProperty("failed")[0]}");
            }
        }
    }

    /// <summary>No balance is anything but the sum of its changes; those of copied members, which have none, count as what they began with.</summary>
    /// <param name="database">The engine's.</param>
    /// <param name="known">Members up to this number were imported.</param>
    public static async Task RequireExactAsync(Database database, double known)
    {
        var wrong = await database.ValueAsync(string.Create(CultureInfo.InvariantCulture,
            $"""
            SELECT count(*) FROM loyalty_members m JOIN balances b ON b.project = m.project AND b.account = 'voucher/' || m.no || '/points'
            WHERE m.no <= {known} AND b.value <> (SELECT coalesce(sum(l.delta), 0) FROM ledger l WHERE l.project = b.project AND l.account = b.account)
               OR b.value <> (SELECT coalesce(sum(CAST(bucket ->> 'points' AS bigint)), 0) FROM jsonb_array_elements(CAST(convert_from(m.document, 'UTF8') AS jsonb) -> 'buckets') bucket)
            """));
        if (wrong > 0)
        {
            throw new ViolationException($"{wrong} cards do not hold what their ledger or their buckets say.");
        }
    }
}
