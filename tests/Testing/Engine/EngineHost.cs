using System.Diagnostics;
using System.Globalization;

namespace Marketing.Testing;

/// <summary>
/// A real process of the engine, on a data directory of its own. It can be killed like a machine that loses power, frozen like one that is
/// overloaded, stopped as an operator does, and started again on the same files.
/// </summary>
public abstract class EngineHost : IAsyncDisposable
{
    private const int KeptLines = 20_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _program;
    private readonly Dictionary<string, string> _settings;
    private readonly bool _ownsDirectory;
    private readonly ProcessOutput _output = new(KeptLines);
    private ChildProcess? _process;

    /// <param name="name">What it is called in logs.</param>
    /// <param name="program">File name of the assembly, beside this one.</param>
    /// <param name="settings">Configuration keys, colon-separated.</param>
    /// <param name="directory">The data directory; a temporary one, deleted at the end, when null.</param>
    private protected EngineHost(string name, string program, IReadOnlyDictionary<string, string>? settings, string? directory)
    {
        Name = name;
        _program = Path.Combine(AppContext.BaseDirectory, program);
        _ownsDirectory = directory is null;
        Directory = directory ?? System.IO.Directory.CreateTempSubdirectory("engine-").FullName;
        _settings = new Dictionary<string, string>(settings ?? new Dictionary<string, string>()) { ["Distributions:DataDirectory"] = Directory };
    }

    public string Name { get; }

    public string Directory { get; }

    /// <summary>Asks it over HTTP.</summary>
    public abstract HttpClient Http { get; }

    /// <summary>Whether the process was started and has not ended since.</summary>
    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Resident memory in bytes, as the kernel counts it.</summary>
    public long ResidentBytes => Status("VmRSS:");

    /// <summary>The most it ever was.</summary>
    public long PeakResidentBytes => Status("VmHWM:");

    /// <summary>Processor time the process has used so far. Steadier than elapsed time on a machine that does other work too.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            using var process = Process.GetProcessById(Started.Id);
            return process.TotalProcessorTime;
        }
    }

    /// <summary>What it printed, over all its starts.</summary>
    public string Output => _output.ToString();

    internal ProcessOutput Lines => _output;

    private ChildProcess Started => _process ?? throw new InvalidOperationException($"{Name} is not running.");

    /// <summary>Starts the process and answers when it is ready.</summary>
    public async Task StartAsync()
    {
        Launch();
        await ReadyAsync();
    }

    /// <summary>Starts the process and does not wait.</summary>
    public void Launch()
    {
        if (IsRunning)
        {
            throw new InvalidOperationException($"{Name} is running.");
        }

        var command = TiedCommand.Of(["dotnet", _program, .. Arguments]);
        foreach (var (key, value) in _settings)
        {
            command.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        _process = new ChildProcess(command, _output);
    }

    /// <summary>Answers when the process says it is ready.</summary>
    public Task<TimeSpan> ReadyAsync() => Wait.UntilAsync(
        async () => IsRunning ? await AskAsync("/health/ready") == 200 : throw new InvalidOperationException($"{Name} exited:\n{Output}"),
        Patience,
        () => $"{Name} did not become ready:\n{Output}");

    /// <summary>The status it answers with; 0 when it does not answer.</summary>
    public async Task<int> AskAsync(string path)
    {
        try
        {
            using var response = await Http.GetAsync(path);
            return (int)response.StatusCode;
        }
        catch (Exception silence) when (silence is HttpRequestException or TaskCanceledException)
        {
            return 0;
        }
    }

    /// <summary>kill -9: no handler runs, nothing is flushed.</summary>
    public Task KillAsync() => EndAsync("KILL");

    /// <summary>Asks it to end, as an operator or a container runtime does, and waits for that.</summary>
    public Task<Ending> StopAsync() => EndAsync("TERM");

    /// <summary>Takes the processor away from it. It keeps its connections and notices nothing.</summary>
    public void Freeze() => Started.Signal("STOP");

    public void Thaw() => Started.Signal("CONT");

    /// <summary>Its exit code, when it ends by itself in time.</summary>
    public async Task<int?> ExitAsync(TimeSpan atMost)
    {
        using var patience = new CancellationTokenSource(atMost);
        try
        {
            return await Started.ExitedAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            await KillAsync();
        }

        Http.Dispose();
        if (_ownsDirectory)
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }

        GC.SuppressFinalize(this);
    }

    private protected virtual IEnumerable<string> Arguments => [];

    private protected void Set(string key, string value) => _settings[key] = value;

    private async Task<Ending> EndAsync(string signal)
    {
        var watch = Stopwatch.StartNew();
        Started.Signal(signal);
        var code = await ExitAsync(Patience) ?? throw new TimeoutException($"{Name} did not end:\n{Output}");
        return new Ending(watch.Elapsed, code);
    }

    private long Status(string field)
    {
        var line = File.ReadLines($"/proc/{Started.Id}/status").First(candidate => candidate.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(field.Length).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture) * 1024;
    }
}

/// <summary>How a process ended.</summary>
/// <param name="Took">From the signal on.</param>
/// <param name="Code">The exit code.</param>
public sealed record Ending(TimeSpan Took, int Code);
