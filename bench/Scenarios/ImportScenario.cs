using Marketing.Bench.Deployments;

namespace Marketing.Bench.Scenarios;

internal sealed class ImportScenario(Deployment deployment) : IScenario
{
    private const int Rows = 100_000;

    public string Name => deployment == Deployment.Embedded ? "import" : "pg-import";

    public string What => "100,000 new customers by CSV, from the upload to the job's end";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var shop = await Shop.OpenAsync(deployment);
        await shop.ImportCustomersAsync(1_000);
        var processor = shop.Engine.ProcessorTime;
        var took = await shop.ImportCustomersAsync(Rows + 1_000);
        processor = shop.Engine.ProcessorTime - processor;
        return
        [
            new Figure("customers imported", Rows / took.TotalSeconds, "/s", 10_000),
            new Figure("processor time a customer", processor.TotalMicroseconds / Rows, "us"),
            shop.PeakMemory("importing"),
        ];
    }
}
