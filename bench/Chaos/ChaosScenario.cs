namespace Marketing.Bench.Chaos;

internal sealed class ChaosScenario : IScenario
{
    public const string Command = "chaos";

    public string Name => Command;

    public string What => "silos are killed, frozen, added and restarted, distributions paused and stopped, while slow receivers are sent to";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        var chaos = options.Chaos;
        if (chaos.Parallel > 0)
        {
            using var seeds = new ChaosSeeds(chaos);
            return await seeds.RunAsync();
        }

        var (seed, mix) = (chaos.Seeds[0], chaos.Mixes[0]);
        Console.WriteLine($"{string.Join(' ', chaos.ArgumentsOf(seed, mix))}\n{string.Join('\n', ChaosPlan.Of(seed, chaos.Minutes, mix))}");
        await using var run = new ChaosRun(seed, mix, chaos.Minutes);
        ChaosResult result;
        try
        {
            result = await run.RunAsync();
        }
        catch (Exception failure)
        {
            result = new ChaosResult { Seed = seed, Mix = mix, Violations = [$"did not come to its end: {failure}"] };
        }

        Console.WriteLine(result.ToJson());
        Console.WriteLine(result.ToText());
        if (result.Violations.Count > 0)
        {
            var log = Path.Combine(Path.GetTempPath(), $"chaos-{mix}-{seed}.log".ToLowerInvariant());
            await File.WriteAllTextAsync(log, $"{string.Join('\n', result.Violations)}\n{run.Log}");
            throw new ViolationException($"{string.Join('\n', result.Violations.Take(20))}\nWhat the processes printed is in {log}");
        }

        return [];
    }
}
