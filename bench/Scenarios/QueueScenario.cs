using System.Diagnostics;
using Marketing.Bench.Deployments;
using Marketing.Bench.Yardsticks;

namespace Marketing.Bench.Scenarios;

/// <summary>The two halves of a large distribution apart: making the rows, which are due a little later, and getting rid of them.</summary>
internal sealed class QueueScenario : IScenario
{
    private const string Delay = "PT1M";

    public string Name => "pg-manual";

    public string What => "everybody into durable rows beside one INSERT … SELECT; the queue into a channel that discards beside graphile-worker and Hangfire";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var shop = await Shop.OpenAsync(Deployment.Cluster);
        var database = shop.Cluster.Database;
        await shop.FillAsync(options.Customers);
        var segment = await shop.EverybodyAsync();
        var whole = await ManualScenario.SendAsync(shop, segment, options.Customers, "warm up");

        var select = new InsertSelect(database, (int)await database.ValueAsync($"SELECT number FROM segments WHERE id = '{segment}'"));
        var snapshot = TimeSpan.Zero;
        var id = "";
        var selected = await select.AroundAsync(async () =>
        {
            await database.RunAsync("CHECKPOINT");
            var watch = Stopwatch.StartNew();
            id = await shop.MembersAsync(segment, Delay, ManualScenario.Discard);
            await shop.CountedAsync(id, "audience", options.Customers);
            snapshot = watch.Elapsed;
        });

        var number = await database.NumberOfAsync(id);
        var due = DateTimeOffset.FromUnixTimeMilliseconds((long)await database.ValueAsync($"SELECT min(due_at) FROM messages WHERE distribution = {number}"));
        await Task.Delay(due - DateTimeOffset.UtcNow is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero);
        var effort = await Effort.StartAsync(shop.Engine);
        await shop.CountedAsync(id, "sent", options.Customers);
        var drained = options.Customers / (DateTimeOffset.UtcNow - due).TotalSeconds;
        var used = await effort.StopAsync(options.Customers, "a message");
        var graphile = options.Bare ? double.NaN : await new Graphile(database).MeasureAsync();
        var hangfire = options.Bare ? double.NaN : await new HangfireJobs(database).MeasureAsync();
        return
        [
            new Figure("seconds of a snapshot, nothing sent meanwhile", snapshot.TotalSeconds, "s", Goal: new Goal("manual distribution to 1,000,000: snapshot, seconds", "≤ 8 s", "–")),
            new Figure("rows of a snapshot, nothing sent meanwhile", options.Customers / snapshot.TotalSeconds, "/s", null, select.Name, selected,
                new Goal("manual distribution to 1,000,000: snapshot to durable rows", "≥ 0.6 ×", "≥ 0.9 ×")),
            new Figure("messages from due to recorded outcome", drained, "/s", null, "graphile-worker tuned", graphile,
                new Goal("durable queue → null channel → outcome recorded", "≥ 1.2 ×", "≥ 2 ×")),
            new Figure("messages from due to recorded outcome", drained, "/s", null, "Hangfire, 20 workers", hangfire,
                new Goal("durable queue → null channel → outcome recorded", "≥ 50 ×", "–")),
            .. used.Select(figure => figure.Name switch
            {
                "commits a message" => figure with { Goal = new Goal("commits per message", "≤ 0.02", "≤ 0.01") },
                "statements a message" => figure with { Goal = new Goal("statements per message", "≤ 0.1", "≤ 0.05") },
                _ => figure,
            }),
            .. whole.Select(figure => figure with { Name = $"whole manual distribution, first: {figure.Name}" }),
            shop.PeakMemory("syncing and sending"),
        ];
    }
}
