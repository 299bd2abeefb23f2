using System.Globalization;
using Marketing.Bench.Chaos;
using Marketing.Bench.Deployments;
using Marketing.Bench.Scenarios;

namespace Marketing.Bench;

/// <summary>What the command line asks for.</summary>
/// <param name="Scenarios">What is measured.</param>
/// <param name="Customers">How many customers the large scenarios have.</param>
/// <param name="Seconds">How long a load lasts.</param>
/// <param name="InFlight">How many events are in flight in front of the grains.</param>
/// <param name="Bare">Without the comparisons that take long.</param>
/// <param name="Chaos">What the chaos is asked for.</param>
internal sealed record BenchOptions(IReadOnlyList<IScenario> Scenarios, int Customers, int Seconds, int InFlight, bool Bare, ChaosOptions Chaos)
{
    private const string TargetsCommand = "targets";

    private static readonly IScenario[] Targets =
    [
        new GrainEventsScenario(), new EventsScenario(Deployment.Cluster), new LatencyScenario(), new QueueScenario(), new EmailScenario(Deployment.Cluster),
        new WebhookScenario(Deployment.Cluster), new SegmentSyncScenario(Deployment.Cluster), new WaitingScenario(), new ListsScenario(),
        new TwoSilosScenario(), new MemoryScenario(), new EventsScenario(Deployment.Embedded),
    ];

    private static readonly IScenario[] All =
    [
        new ImportScenario(Deployment.Embedded), new SegmentSyncScenario(Deployment.Embedded), new ManualScenario(Deployment.Embedded),
        new EmailScenario(Deployment.Embedded), new WebhookScenario(Deployment.Embedded), new ImportScenario(Deployment.Cluster),
        new ManualScenario(Deployment.Cluster), new TemplatesScenario(), new BalanceScenario(), new CodesScenario(), new RedemptionsScenario(), new MembersEarnScenario(), new LoyaltyNightScenario(),
        new ChurnScenario(), new EveryListScenario(Deployment.Embedded), new EveryListScenario(Deployment.Cluster), new BlocksScenario(), new ProvidersScenario(), new CourtesyScenario(),
        new IllReceiversScenario(), .. Targets,
    ];

    // Measures nothing, so it is no part of all.
    private static readonly IScenario Endurance = new ChaosScenario();

    public static string Usage =>
        "dotnet run -c Release --project bench -- SCENARIO|all|targets [--customers N] [--seconds N] [--in-flight N] [--bare]\n"
        + string.Concat(All.Append(Endurance).Select(scenario => $"  {scenario.Name,-14}{scenario.What}\n"))
        + ChaosOptions.Usage;

    public static BenchOptions? Parse(string[] args)
    {
        if (args.Length == 0)
        {
            return null;
        }

        IScenario[] scenarios = args[0] switch
        {
            "all" => All,
            TargetsCommand => [new TargetsScenario(Targets)],
            _ => [.. All.Append(Endurance).Where(scenario => scenario.Name == args[0])],
        };
        return scenarios.Length == 0
            ? null
            : new BenchOptions(
                scenarios, Number(args, "--customers", 1_000_000), Number(args, "--seconds", 10), Number(args, "--in-flight", 512), args.Contains("--bare"),
                ChaosOptions.Parse(args));
    }

    private static int Number(string[] args, string name, int otherwise)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }
}
