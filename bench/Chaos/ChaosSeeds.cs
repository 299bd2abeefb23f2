using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Marketing.Testing;

namespace Marketing.Bench.Chaos;

/// <summary>
/// Many runs, some at a time, each a process with a database, files and ports of its own. Whatever ends this process ends them, and their files go.
/// </summary>
internal sealed class ChaosSeeds(ChaosOptions options) : IDisposable
{
    private static readonly TimeSpan BeyondTheRun = TimeSpan.FromMinutes(8);

    private readonly ConcurrentQueue<ChaosResult> _results = new();
    private readonly CancellationTokenSource _stop = new();

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var runs = new ConcurrentQueue<(int Seed, ChaosMix Mix)>(options.Seeds.SelectMany(seed => options.Mixes.Select(mix => (seed, mix))));
        await Task.WhenAll(Enumerable.Range(0, options.Parallel).Select(place => Task.Run(() => WorkAsync(place, runs))));

        Console.WriteLine(ChaosTable.Of(_results));
        return _stop.IsCancellationRequested
            ? throw new ViolationException("Interrupted")
            : _results.Sum(result => result.Violations.Count) is > 0 and var violations ? throw new ViolationException($"{violations} violations") : [];
    }

    public void Dispose() => _stop.Dispose();

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _stop.Cancel();
    }

    private async Task WorkAsync(int place, ConcurrentQueue<(int Seed, ChaosMix Mix)> runs)
    {
        while (!_stop.IsCancellationRequested && runs.TryDequeue(out var run))
        {
            if (await RunAsync(place, run.Seed, run.Mix) is { } result)
            {
                _results.Enqueue(result);
                Console.WriteLine(result.ToJson());
                Console.WriteLine(result.ToText());
                foreach (var violation in result.Violations.Take(5))
                {
                    Console.WriteLine($"    {violation}");
                }
            }
        }
    }

    // Null when it was interrupted.
    private async Task<ChaosResult?> RunAsync(int place, int seed, ChaosMix mix)
    {
        // Made so that the database's user gets through it too, which a temporary folder of the library's making does not allow.
        var files = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"chaos-{Environment.ProcessId}-{mix}-{seed}")).FullName;
        var output = new ProcessOutput(kept: 1_000);
        var command = TiedCommand.Of(["dotnet", Path.Combine(AppContext.BaseDirectory, "Distributions.Bench.dll"), .. options.ArgumentsOf(seed, mix)]);
        command.Environment["TMPDIR"] = files;
        command.Environment[FreePort.RangeVariable] = PortsOf(place);
        var process = new ChildProcess(command, output);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            patience.CancelAfter(TimeSpan.FromMinutes(options.Minutes) + BeyondTheRun);
            await process.ExitedAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Signal("KILL");
            await process.ExitedAsync(CancellationToken.None);
        }
        finally
        {
            await CleanAsync(files);
        }

        return _stop.IsCancellationRequested
            ? null
            : output.Lines.Select(line => ChaosResult.Read(line.Text)).LastOrDefault(result => result is not null)
                ?? new ChaosResult { Seed = seed, Mix = mix, Violations = [$"did not come to its end: {output}"] };
    }

    private string PortsOf(int place)
    {
        var width = (FreePort.Last - FreePort.First) / options.Parallel;
        return $"{FreePort.First + (place * width)}-{FreePort.First + ((place + 1) * width) - 1}";
    }

    // What the processes printed is kept; a server that was killed a moment ago may still write.
    private static async Task CleanAsync(string files)
    {
        foreach (var log in Directory.GetFiles(files, "chaos-*.log"))
        {
            File.Move(log, Path.Combine(Path.GetTempPath(), Path.GetFileName(log)), overwrite: true);
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.Delete(files, recursive: true);
                return;
            }
            catch (IOException) when (attempt < 20)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }
}
