using System.Globalization;
using Marketing.Bench.Deployments;

namespace Marketing.Bench.Scenarios;

/// <summary>What events meet: 10,000 customers, 100 segments, 1,000 live distributions of which one listens to <c>visit</c>.</summary>
internal static class EventScene
{
    public const int Customers = 10_000;
    public const string Event = "visit";

    /// <summary>As many as a project may have.</summary>
    public const int Segments = 100;

    private const int Distributions = 1_000;

    public static async Task SetUpAsync(Shop shop, object? channel = null, int segments = Segments)
    {
        await shop.ImportCustomersAsync(Customers);
        for (var i = 0; i < segments; i++)
        {
            await shop.SegmentAsync($"segment {i}", i % 2 == 0 ? "metadata.score" : $"events.visit-{i}.count", "$more_than", i.ToString(CultureInfo.InvariantCulture));
        }

        await Parallel.ForAsync(0, Distributions, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) => await shop.DistributionAsync(new
        {
            name = $"distribution {i}",
            type = "automatic",
            trigger = new { type = "customer.custom_event", custom_event = i == 0 ? Event : $"other-{i}" },
            action = new { type = "plain_message" },
            channels = new[] { channel ?? new { type = "discard" } },
        }));
    }
}
