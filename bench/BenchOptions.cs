using System.Globalization;

namespace Marketing.Bench;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchOptions(IReadOnlyList<IScenario> Scenarios, int Customers, int Seconds, int Minutes, int Seed)
{
    private static readonly IScenario[] All =
    [
        new ImportScenario(), new EventsScenario(), new SegmentSyncScenario(), new ManualScenario(), new EmailScenario(),
    ];

    // Measures nothing, so it is no part of all.
    private static readonly IScenario Chaos = new ChaosScenario();

    public static string Usage =>
        "dotnet run -c Release --project bench -- SCENARIO|all [--customers N] [--seconds N] [--minutes N] [--seed S]\n"
        + string.Concat(All.Append(Chaos).Select(scenario => $"  {scenario.Name,-14}{scenario.What}\n"));

    public static BenchOptions? Parse(string[] args)
    {
        if (args.Length == 0)
        {
            return null;
        }

        var scenarios = args[0] == "all" ? All : [.. All.Append(Chaos).Where(scenario => scenario.Name == args[0])];
        return scenarios.Length == 0 ? null : new BenchOptions(
            scenarios, Number(args, "--customers", 1_000_000), Number(args, "--seconds", 10), Number(args, "--minutes", 10), Number(args, "--seed", Environment.TickCount));
    }

    private static int Number(string[] args, string name, int otherwise)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }
}
