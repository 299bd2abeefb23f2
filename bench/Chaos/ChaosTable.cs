using System.Globalization;

namespace Marketing.Bench.Chaos;

/// <summary>The sums of many runs, by what happened in them, as docs/reliability.md has them.</summary>
internal static class ChaosTable
{
    private const string Head =
        """
        | runs | seeds | messages | lost | doubled | marked | crashes | connections × crashes | stops and pauses | most begun after one | most accepted after one | longest until quiet | violations |
        |---|---|---|---|---|---|---|---|---|---|---|---|---|
        """;

    public static string Of(IEnumerable<ChaosResult> results) =>
        string.Join('\n', [Head, .. results.GroupBy(result => result.Mix).OrderBy(runs => runs.Key).Select(runs => Row(runs.Key, [.. runs]))]);

    private static string Row(ChaosMix mix, IReadOnlyList<ChaosResult> runs) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {mix} | {runs.Count} | {runs.Sum(run => run.Messages):N0} | {runs.Sum(run => run.Lost)} | {runs.Sum(run => run.Doubled)} | {runs.Sum(run => run.Marked)} | {runs.Sum(run => run.Crashes)} | {runs.Sum(run => run.Air)} | {runs.Sum(run => run.Commands)} | {runs.Max(run => run.BegunAfterStop)} | {runs.Max(run => run.AcceptedAfterStop)} | {runs.Max(run => run.SecondsToQuiet):N1} s | {runs.Sum(run => run.Violations.Count)} |");
}
