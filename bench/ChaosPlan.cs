using System.Globalization;

namespace Marketing.Bench;

/// <summary>What will be done to a cluster, in which order and when. The same for the same seed.</summary>
internal static class ChaosPlan
{
    public const int Silos = 3;

    private static readonly ChaosKind[] Kinds =
    [
        ChaosKind.Kill, ChaosKind.Kill, ChaosKind.Kill, ChaosKind.Freeze, ChaosKind.Freeze, ChaosKind.Restart, ChaosKind.Restart,
        ChaosKind.DatabaseRestarts, ChaosKind.DatabaseBreaks,
    ];

    public static IReadOnlyList<ChaosStep> Of(int seed, int minutes)
    {
        var random = new Random(seed);
        List<ChaosStep> steps = [];
        for (var planned = TimeSpan.Zero; planned < TimeSpan.FromMinutes(minutes); planned += steps[^1].Before + steps[^1].Length)
        {
            steps.Add(new ChaosStep(
                Kinds[random.Next(Kinds.Length)],
                random.Next(Silos),
                TimeSpan.FromMilliseconds(random.Next(500, 8_000)),
                TimeSpan.FromMilliseconds(random.Next(500, 12_000))));
        }

        return steps;
    }
}

/// <summary>What can happen.</summary>
internal enum ChaosKind
{
    /// <summary>A silo loses power and is started again.</summary>
    Kill,

    /// <summary>A silo gets no processor for a while.</summary>
    Freeze,

    /// <summary>A silo is stopped as an operator does, and started again.</summary>
    Restart,

    /// <summary>The database is stopped as an operator does, and started again.</summary>
    DatabaseRestarts,

    /// <summary>The database loses power and is away for a while.</summary>
    DatabaseBreaks,
}

/// <summary>One thing that happens.</summary>
/// <param name="Kind">What.</param>
/// <param name="Silo">To which silo, where it happens to one.</param>
/// <param name="Before">After so much peace.</param>
/// <param name="Length">How long it lasts, where it lasts.</param>
internal sealed record ChaosStep(ChaosKind Kind, int Silo, TimeSpan Before, TimeSpan Length)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"after {Before.TotalSeconds:N1} s {Kind} silo-{Silo + 1} for {Length.TotalSeconds:N1} s");
}
