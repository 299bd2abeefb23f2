namespace Marketing.Bench.Chaos;

/// <summary>What will be done to a cluster, in which order and when. The same for the same seed.</summary>
internal static class ChaosPlan
{
    public const int Silos = 3;

    private static readonly ChaosKind[] Planned =
    [
        ChaosKind.Join, ChaosKind.Join, ChaosKind.Restart, ChaosKind.Restart, ChaosKind.Pause, ChaosKind.Pause, ChaosKind.Stop,
    ];

    private static readonly ChaosKind[] Failures =
    [
        ChaosKind.Kill, ChaosKind.Kill, ChaosKind.Kill, ChaosKind.Freeze, ChaosKind.Freeze, ChaosKind.DatabaseRestarts, ChaosKind.DatabaseBreaks,
    ];

    public static IReadOnlyList<ChaosStep> Of(int seed, int minutes, ChaosMix mix)
    {
        var kinds = mix switch
        {
            ChaosMix.Planned => Planned,
            ChaosMix.Crashes => [ChaosKind.Kill],
            _ => [.. Failures, .. Planned],
        };
        var random = new Random(seed);
        List<ChaosStep> steps = [];
        for (var planned = TimeSpan.Zero; planned < TimeSpan.FromMinutes(minutes); planned += steps[^1].Before + steps[^1].Length)
        {
            steps.Add(new ChaosStep(
                kinds[random.Next(kinds.Length)],
                random.Next(Silos),
                TimeSpan.FromMilliseconds(random.Next(200, 5_000)),
                TimeSpan.FromMilliseconds(random.Next(500, 10_000))));
        }

        return steps;
    }
}
