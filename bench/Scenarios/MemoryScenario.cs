using Marketing.Bench.Deployments;

namespace Marketing.Bench.Scenarios;

internal sealed class MemoryScenario : IScenario
{
    private const int Rounds = 10;

    public string Name => "pg-memory";

    public string What => $"memory of a silo over {Rounds} manual distributions to everybody, one after the other";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var shop = await Shop.OpenAsync(Deployment.Cluster);
        await shop.FillAsync(options.Customers);
        var everybody = await shop.EverybodyAsync();
        List<double> after = [];
        for (var round = 0; round < Rounds; round++)
        {
            await shop.SentAsync(await shop.SendAsync($"round {round}", everybody, ManualScenario.Discard));
            after.Add(shop.Cluster.Silos[0].ResidentBytes / 1e6);
        }

        var half = Rounds / 2;
        return
        [
            new Figure($"peak memory of a silo over {(long)Rounds * options.Customers} messages", shop.Engine.PeakResidentBytes / 1e6, "MB",
                Goal: new Goal("memory of a silo over 10 M messages", "≤ 400 MB, flat", "≤ 250 MB")),
            new Figure("memory after a round, second half", after.Skip(half).Average(), "MB", null, "first half", after.Take(half).Average()),
        ];
    }
}
