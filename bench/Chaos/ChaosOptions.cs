using System.Globalization;

namespace Marketing.Bench.Chaos;

/// <summary>What the command line asks of the chaos.</summary>
/// <param name="Minutes">How long a run lasts.</param>
/// <param name="Seeds">What each run begins from.</param>
/// <param name="Mixes">What happens; each seed is run with each.</param>
/// <param name="Parallel">How many runs at a time, each in a process of its own; 0: one run, in this process.</param>
internal sealed record ChaosOptions(int Minutes, IReadOnlyList<int> Seeds, IReadOnlyList<ChaosMix> Mixes, int Parallel)
{
    public const string Usage = "chaos: [--minutes N] [--planned] [--crashes] [--mixed] --seed S | --seeds FROM-TO [--parallel N]";

    private const string MinutesName = "--minutes";
    private const string SeedName = "--seed";
    private const string SeedsName = "--seeds";

    public static ChaosOptions Parse(string[] args)
    {
        var minutes = int.Parse(Value(args, MinutesName) ?? "10", CultureInfo.InvariantCulture);
        ChaosMix[] mixes = [.. Enum.GetValues<ChaosMix>().Where(mix => args.Contains(Name(mix)))];
        mixes = mixes.Length == 0 ? [ChaosMix.Mixed] : mixes;
        if (Value(args, SeedsName) is { } range)
        {
            var ends = range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture)).ToList();
            var parallel = int.Parse(Value(args, "--parallel") ?? "1", CultureInfo.InvariantCulture);
            return new ChaosOptions(minutes, [.. Enumerable.Range(ends[0], ends[^1] - ends[0] + 1)], mixes, parallel);
        }

        var seed = Value(args, SeedName) is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : Environment.TickCount;
        return new ChaosOptions(minutes, [seed], mixes, Parallel: 0);
    }

    /// <summary>The command line of one run.</summary>
    public string[] ArgumentsOf(int seed, ChaosMix mix) =>
        [ChaosScenario.Command, SeedName, seed.ToString(CultureInfo.InvariantCulture), MinutesName, Minutes.ToString(CultureInfo.InvariantCulture), Name(mix)];

    private static string Name(ChaosMix mix) => $"--{mix.ToString().ToLowerInvariant()}";

    private static string? Value(string[] args, string name)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
