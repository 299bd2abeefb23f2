using Marketing.Bench.Deployments;

namespace Marketing.Bench.Scenarios;

internal sealed class WaitingScenario : IScenario
{
    private const int Waiting = 5_000_000;
    private const int DuePerSecond = 500;
    private const int Seconds = 30;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(15);

    public string Name => "pg-waiting";

    public string What => $"{Waiting:N0} messages due in a week: what they cost a silo's memory, and how late others are that come due meanwhile";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var shop = await Shop.OpenAsync(Deployment.Cluster);
        var database = shop.Cluster.Database;
        await shop.FillAsync(100_000);
        var id = await shop.MembersAsync(await shop.SegmentAsync("nobody", "source_id", "$is", "nobody"), "P7D", ManualScenario.Discard);
        var number = await database.NumberOfAsync(id);

        // The same age and the same start, with and without.
        await shop.Cluster.StartAgainAsync(() => Task.CompletedTask);
        await Task.Delay(Settle);
        var without = shop.Cluster.Silos[0].ResidentBytes;
        var first = 0L;
        await shop.Cluster.StartAgainAsync(async () =>
        {
            var week = DateTimeOffset.UtcNow.AddDays(7).ToUnixTimeMilliseconds();
            await database.FillMessagesAsync(number, Waiting, $"{week} + i", sent: false);
            first = DateTimeOffset.UtcNow.AddSeconds(40).ToUnixTimeMilliseconds();
            await database.FillMessagesAsync(number, DuePerSecond * Seconds, $"{first} + i * {1_000 / DuePerSecond}", sent: false);
            await database.RunAsync("VACUUM (ANALYZE) messages");
        });
        await Task.Delay(Settle);
        var with = shop.Cluster.Silos[0].ResidentBytes;
        await shop.CountedAsync(id, "sent", DuePerSecond * Seconds);
        var late = await database.ValueAsync(
            $"SELECT percentile_cont(0.99) WITHIN GROUP (ORDER BY finished_at - due_at) FROM messages WHERE distribution = {number} AND finished_at IS NOT NULL");
        return
        [
            new Figure("memory of a silo, nothing waiting", without / 1e6, "MB"),
            new Figure("memory more with 5,000,000 waiting", (with - without) / 1e6, "MB", Goal: new Goal("5 M messages waiting: memory", "≤ 60 MB more", "≤ 30 MB")),
            new Figure("p99 lateness of due messages", late, "ms", Goal: new Goal("5 M messages waiting: p99 lateness", "≤ 1 s", "–")),
            shop.PeakMemory("waiting and sending"),
        ];
    }
}
