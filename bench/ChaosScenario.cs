using Marketing.Testing;

namespace Marketing.Bench;

internal sealed class ChaosScenario : IScenario
{
    private const int Customers = 3_000;

    private static readonly TimeSpan ToEnd = TimeSpan.FromSeconds(10);

    public string Name => "chaos";

    public string What => "three silos are killed, frozen and restarted at random, and so is their database, while they send (--minutes, --seed)";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        var plan = ChaosPlan.Of(options.Seed, options.Minutes);
        Console.WriteLine($"--seed {options.Seed} --minutes {options.Minutes}\n{string.Join('\n', plan)}");
        await using var work = await Workload.CreateAsync();
        await using var cluster = await EngineCluster.StartAsync(ChaosPlan.Silos, 1, work.Settings(), ownServer: true);
        try
        {
            return await RunAsync(plan, cluster, work);
        }
        catch (Exception failure)
        {
            var log = Path.Combine(Path.GetTempPath(), $"chaos-{options.Seed}.log");
            await File.WriteAllTextAsync(log, cluster.Log);
            throw new ViolationException($"--seed {options.Seed}: {failure.Message}\nWhat the processes printed is in {log}");
        }
    }

    private static async Task<IReadOnlyList<Figure>> RunAsync(IReadOnlyList<ChaosStep> plan, EngineCluster cluster, Workload work)
    {
        await work.BeginAsync(cluster, Customers);
        work.Mails.Script.VerdictDelay = TimeSpan.FromMilliseconds(50);
        await cluster.Shop.ActivateAsync(work.Manual);
        var (manuals, endings) = (1, 0);
        foreach (var step in plan)
        {
            await Task.Delay(step.Before);
            foreach (var ended in cluster.Silos.Where(silo => !silo.IsRunning))
            {
                cluster.Note($"{ended.Name} ended by itself and is started again");
                endings++;
                await ended.StartAsync();
            }

            cluster.Note($"{step}");
            Console.WriteLine($"{DateTime.UtcNow:HH:mm:ss} {step}");
            await DoAsync(step, cluster);
            Require(await work.Ledger.ImbalancesAsync(), step);
            if (await IsSentAsync(cluster, work.Manual))
            {
                manuals++;
                await work.DraftManualAsync();
                await cluster.Shop.ActivateAsync(work.Manual);
            }
        }

        await work.FinishAsync();
        List<string> faults = [.. work.Events.Refused.Where(call => call.Status is not (0 or 503)).Select(call => $"{call}")];
        Require([.. await work.ViolationsAsync(), .. faults], null);
        var comparison = await work.Ledger.CompareAsync();
        return
        [
            new Figure("steps", plan.Count, ""),
            new Figure("manual distributions", manuals, ""),
            new Figure("silos that ended by themselves", endings, ""),
            new Figure("events accepted", work.Events.Accepted.Count, ""),
            new Figure("calls answered 503 or not at all, repeated", work.Events.Refused.Count, ""),
            new Figure("messages", comparison.Rows.Count, ""),
            new Figure("uncertain", comparison.Uncertain.Count(), ""),
            new Figure("arrived twice", comparison.Twice.Count, ""),
        ];
    }

    private static async Task DoAsync(ChaosStep step, EngineCluster cluster)
    {
        var silo = cluster.Silos[step.Silo];
        switch (step.Kind)
        {
            case ChaosKind.Kill:
                await silo.KillAsync();
                await Task.Delay(step.Length);
                await silo.StartAsync();
                break;
            case ChaosKind.Freeze:
                silo.Freeze();
                await Task.Delay(step.Length);
                silo.Thaw();

                // The others may have declared it dead meanwhile; then it ends as soon as it learns that.
                if (await silo.ExitAsync(ToEnd) is not null)
                {
                    await silo.StartAsync();
                }

                break;
            case ChaosKind.Restart:
                var ending = await silo.StopAsync();
                cluster.Note($"{silo.Name} ended: {ending}");
                if (ending.Code != 0)
                {
                    throw new ViolationException($"{silo.Name} ended with {ending.Code} when it was asked to");
                }

                await silo.StartAsync();
                break;
            case ChaosKind.DatabaseRestarts:
                await cluster.Server.StopAsync(immediate: false);
                await cluster.Server.StartAgainAsync();
                break;
            default:
                await cluster.Server.StopAsync(immediate: true);
                await Task.Delay(step.Length);
                await cluster.Server.StartAgainAsync();
                break;
        }
    }

    private static async Task<bool> IsSentAsync(EngineCluster cluster, string distribution) =>
        (await cluster.Shop.GetAsync($"/v1/distributions/{distribution}")).GetProperty("status").GetString() == "sent";

    private static void Require(List<string> wrong, ChaosStep? after)
    {
        if (wrong.Count > 0)
        {
            throw new ViolationException($"after {after?.ToString() ?? "all of it"}:\n{string.Join('\n', wrong)}");
        }
    }
}
