using Marketing.Bench.Deployments;

namespace Marketing.Bench.Scenarios;

/// <summary>Whether what a distribution needs in memory is given back when it is over.</summary>
internal sealed class ChurnScenario : IScenario
{
    // As long as the runtime compiles what turns out to be hot, 16,000 methods, a process grows by 60 MB; after a few hundred it is in the middle of that.
    private const int WarmUp = 2_300;
    private const int Loops = 2_000;
    private const int Rounds = 5;
    private const int AtOnce = 8;
    private const int Customers = 5;

    // What is told without waiting for an answer arrives, and what is over leaves.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    public string Name => "churn";

    public string What => $"memory of a warm process over {Rounds} rounds of {Loops:N0} distributions to {Customers} customers that were created, sent and deleted";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var engine = await InThisProcess.StartAsync("--Distributions:ManualDelay=00:00:00");
        await engine.Shop.ImportCustomersAsync(0, Customers);
        var everybody = await engine.Shop.SegmentAsync("Everybody", "source_id", "$starts_with", "c-");
        await engine.Shop.SyncedAsync(everybody);

        await LoopAsync(engine, everybody, 0, WarmUp);
        List<ProcessMemory> seen = [await LookAsync(engine)];
        for (var round = 0; round < Rounds; round++)
        {
            await LoopAsync(engine, everybody, WarmUp + (round * Loops), WarmUp + ((round + 1) * Loops));
            seen.Add(await LookAsync(engine));
        }

        return [.. Figures("managed heap after a full collection", seen, look => look.Heap), .. Figures("working set", seen, look => look.WorkingSet)];
    }

    private static IEnumerable<Figure> Figures(string what, List<ProcessMemory> seen, Func<ProcessMemory, long> of) =>
    [
        new Figure($"{what}, warm", of(seen[0]) / 1e6, "MB"),
        .. seen.Zip(seen.Skip(1)).Select((pair, round) => new Figure($"{what}, more after round {round + 1} of {Loops:N0}", (of(pair.Second) - of(pair.First)) / 1e6, "MB", Target: 20)),
    ];

    private static Task LoopAsync(InThisProcess engine, string everybody, int from, int to) => Parallel.ForEachAsync(
        Enumerable.Range(from, to - from), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            // By turns one that ends by itself and one that somebody stops.
            var isManual = number % 2 == 0;
            var id = await engine.Shop.DistributionAsync(isManual ? Manual(number, everybody) : Automatic(number, everybody));
            await engine.Shop.UntilAsync($"/v1/distributions/{id}", view => view.GetProperty("messages").GetProperty("sent").GetInt32() == Customers
                && (!isManual || view.GetProperty("status").GetString() == "sent"));
            if (!isManual)
            {
                await engine.Shop.PostAsync($"/v1/distributions/{id}/stop", new { });
            }

            await engine.DeleteAsync($"/v1/distributions/{id}");
        });

    private static object Manual(int number, string segment) => new
    {
        name = $"Manual {number}",
        type = "manual",
        audience = new { segment_id = segment },
        action = new { type = "plain_message" },
        channels = new[] { Mail(number) },
    };

    private static object Automatic(int number, string segment) => new
    {
        name = $"Automatic {number}",
        type = "automatic",
        trigger = new { type = "customer.segment.entered", segment_id = segment, include_current_members = true },
        action = new { type = "plain_message" },
        channels = new[] { Mail(number) },
    };

    // Into the outbox. A text of its own, so that nothing is found compiled.
    private static object Mail(int number) => new
    {
        type = "email",
        template = new
        {
            subject = $"News {number} for {{{{ customer.name }}}}",
            html = $"<h1>News {number}</h1><p>Dear {{{{ customer.name }}}} in {{{{ customer.address.city }}}},</p>{new string('x', 2_000)}<a href=\"{{{{ unsubscribe_url }}}}\">no more</a>",
        },
    };

    private static async Task<ProcessMemory> LookAsync(InThisProcess engine)
    {
        await Task.Delay(Settle);
        for (var time = 0; time < 2; time++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        var counts = await engine.Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();
        var memory = ProcessMemory.Look();
        Console.WriteLine($"  {memory}, {counts.Sum(kind => (double)kind.ActivationCount):N0} activations");
        return memory;
    }
}
