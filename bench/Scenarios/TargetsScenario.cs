namespace Marketing.Bench.Scenarios;

/// <summary>Runs every scenario that has a target, and prints them as the table of docs/performance.md.</summary>
/// <param name="scenarios">Those.</param>
internal sealed class TargetsScenario(IReadOnlyList<IScenario> scenarios) : IScenario
{
    public string Name => "targets";

    public string What => "all scenarios that have a target, and a table of them";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        List<Figure> rows = [];
        foreach (var scenario in scenarios)
        {
            try
            {
                rows.AddRange((await scenario.MeasureAsync(options)).Where(figure => figure.Goal is not null));
            }
            catch (Exception failure)
            {
                // The others are still worth knowing.
                Console.WriteLine($"  {scenario.Name} failed: {failure}");
            }
        }

        Console.WriteLine("| scenario | measured | beside | ratio | must | aim |\n|---|---|---|---|---|---|");
        foreach (var row in rows)
        {
            Console.WriteLine(row.ToMarkdown());
        }

        return rows;
    }
}
