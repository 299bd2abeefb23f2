using System.Globalization;

namespace Marketing.Bench;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchOptions(IReadOnlyList<IScenario> Scenarios, int Customers, int Seconds)
{
    private static readonly IScenario[] All =
    [
        new ImportScenario(), new EventsScenario(), new SegmentSyncScenario(), new ManualScenario(), new EmailScenario(),
    ];

    public static string Usage =>
        "dotnet run -c Release --project bench -- SCENARIO|all [--customers N] [--seconds N]\n"
        + string.Concat(All.Select(scenario => $"  {scenario.Name,-14}{scenario.What}\n"));

    public static BenchOptions? Parse(string[] args)
    {
        if (args.Length == 0)
        {
            return null;
        }

        var scenarios = args[0] == "all" ? All : [.. All.Where(scenario => scenario.Name == args[0])];
        return scenarios.Length == 0 ? null : new BenchOptions(scenarios, Number(args, "--customers", 1_000_000), Number(args, "--seconds", 10));
    }

    private static int Number(string[] args, string name, int otherwise)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }
}
