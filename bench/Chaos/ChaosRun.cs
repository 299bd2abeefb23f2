using Marketing.Testing;

namespace Marketing.Bench.Chaos;

/// <summary>One run: a cluster that sends to slow receivers, and what the plan does to it meanwhile.</summary>
internal sealed class ChaosRun(int seed, ChaosMix mix, int minutes) : IAsyncDisposable
{
    // On a machine that starts processes slowly a run lasts longer rather than prove nothing.
    private const int FewestSteps = 4;

    private static readonly TimeSpan ToEnd = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan SlowingDown = TimeSpan.FromSeconds(20);

    private readonly HashSet<SiloProcess> _away = [];
    private readonly Random _random = new(seed);
    private readonly List<string> _wrong = [];
    private Workload _work = null!;
    private EngineCluster _cluster = null!;
    private ChaosLoad _load = null!;
    private int _crashes;

    /// <summary>What the processes printed.</summary>
    public string Log => _cluster?.Log ?? "";

    public async Task<ChaosResult> RunAsync()
    {
        _work = await Workload.CreateAsync();
        _cluster = await EngineCluster.StartAsync(
            ChaosPlan.Silos, 1, _work.Settings([.. SlowReceivers.Settings, ("Distributions:BatchSize", "200")]), ownServer: true);
        new SlowReceivers(seed) { Refused = 0.06, SlowDownUntil = DateTimeOffset.UtcNow + SlowingDown }.Are(_work);
        _load = new ChaosLoad(_cluster, _work);
        await _load.BeginAsync();
        var until = DateTimeOffset.UtcNow + TimeSpan.FromMinutes(minutes);
        using var over = new CancellationTokenSource();
        var refusing = RefuseAsync(over.Token);
        var steps = 0;
        foreach (var step in ChaosPlan.Of(seed, minutes, mix).TakeWhile(_ => steps < FewestSteps || DateTimeOffset.UtcNow < until))
        {
            await Task.Delay(step.Before);
            await StartEndedAsync();
            _cluster.Note($"{step}");
            Console.WriteLine($"{DateTime.UtcNow:HH:mm:ss} {step}");
            await DoAsync(step);
            _wrong.AddRange((await _work.Ledger.ImbalancesAsync()).Select(wrong => $"after {step}: {wrong}"));
            steps++;
        }

        await over.CancelAsync();
        await refusing;
        await StartEndedAsync();
        _cluster.Note("nothing is added any more");
        if (!await _load.EndAsync(Patience))
        {
            _wrong.Add($"something is still owed after {Patience}");
        }

        return await new ChaosJudge(_cluster, _work, _load).JudgeAsync(seed, mix, steps, _crashes, _wrong);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in (IAsyncDisposable?[])[_load, _cluster, _work])
        {
            await (part?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private async Task DoAsync(ChaosStep step)
    {
        var silo = _cluster.Silos[step.Silo];
        switch (step.Kind)
        {
            case ChaosKind.Kill:
                _crashes++;
                await silo.KillAsync();
                await Task.Delay(step.Length);
                await silo.StartAsync();
                break;
            case ChaosKind.Freeze:
                _crashes++;
                silo.Freeze();
                await Task.Delay(step.Length);
                silo.Thaw();

                // The others may have declared it dead meanwhile; then it ends as soon as it learns that.
                if (await silo.ExitAsync(ToEnd) is not null)
                {
                    await silo.StartAsync();
                }

                break;
            case ChaosKind.Join:
                await JoinOrLeaveAsync();
                break;
            case ChaosKind.Restart:
                await StopAsync(silo);
                await silo.StartAsync();
                break;
            case ChaosKind.Pause:
                await _load.PauseAsync(_random, step.Length);
                break;
            case ChaosKind.Stop:
                await _load.StopAsync();
                break;
            case ChaosKind.DatabaseRestarts:
                await _cluster.Server.StopAsync(immediate: false);
                await _cluster.Server.StartAgainAsync();
                break;
            default:
                await _cluster.Server.StopAsync(immediate: true);
                await Task.Delay(step.Length);
                await _cluster.Server.StartAgainAsync();
                break;
        }
    }

    // One more than there were at first, and the next time that one leaves.
    private async Task JoinOrLeaveAsync()
    {
        var extra = _cluster.Silos.Count > ChaosPlan.Silos ? _cluster.Silos[^1] : _cluster.AddSilo();
        if (extra.IsRunning)
        {
            _away.Add(extra);
            await StopAsync(extra);
            return;
        }

        await extra.StartAsync();
        _away.Remove(extra);
    }

    private async Task StopAsync(SiloProcess silo)
    {
        var ending = await silo.StopAsync();
        _cluster.Note($"{silo.Name} ended: {ending}");
        if (ending.Code != 0)
        {
            _wrong.Add($"{silo.Name} ended with {ending.Code} when it was asked to");
        }
    }

    // Whoever was declared dead by the others ends.
    private async Task StartEndedAsync()
    {
        foreach (var ended in _cluster.Silos.Where(silo => !silo.IsRunning && !_away.Contains(silo)))
        {
            _cluster.Note($"{ended.Name} ended by itself and is started again");
            _crashes++;
            await ended.StartAsync();
        }
    }

    // Now and then a receiver takes no connections.
    private async Task RefuseAsync(CancellationToken over)
    {
        var random = new Random(seed);
        while (!over.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(random.Next(8, 25)), over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!over.IsCancellationRequested)
            {
                var length = TimeSpan.FromMilliseconds(random.Next(500, 4_000));
                var mail = random.Next(2) == 0;
                _cluster.Note($"{(mail ? "the mail server" : "the webhooks' receiver")} takes no connections for {length}");
                await (mail ? _work.Mails.RefuseAsync(length) : _work.Hooks.RefuseAsync(length));
            }
        }
    }
}
