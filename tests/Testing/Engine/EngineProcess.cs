using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;

namespace Marketing.Testing;

/// <summary>
/// The real API process with its embedded silo, on a port and data directory of its own. It can be killed like a machine that loses
/// power and started again on the same files.
/// </summary>
public sealed class EngineProcess : IAsyncDisposable
{
    private const string AppId = "test-app";
    private const string AppToken = "test-token";

    private readonly Dictionary<string, string> _settings;
    private readonly List<string> _output = [];
    private readonly bool _ownsDirectory;
    private Process? _process;

    /// <param name="settings">Configuration keys, colon-separated.</param>
    /// <param name="directory">The data directory; a temporary one, deleted at the end, when null.</param>
    public EngineProcess(IReadOnlyDictionary<string, string>? settings = null, string? directory = null)
    {
        _ownsDirectory = directory is null;
        Directory = directory ?? System.IO.Directory.CreateTempSubdirectory("engine-").FullName;
        Port = FreePort();
        _settings = new Dictionary<string, string>(settings ?? new Dictionary<string, string>())
        {
            ["Distributions:DataDirectory"] = Directory,
            ["Distributions:Bootstrap:AppId"] = AppId,
            ["Distributions:Bootstrap:AppToken"] = AppToken,
        };
        Http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20) })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{Port}"),
            Timeout = TimeSpan.FromSeconds(60),
        };
        Http.DefaultRequestHeaders.Add("X-App-Id", AppId);
        Http.DefaultRequestHeaders.Add("X-App-Token", AppToken);
    }

    public string Directory { get; }

    public int Port { get; }

    /// <summary>Carries the server keys of the first project.</summary>
    public HttpClient Http { get; }

    /// <summary>Resident memory in bytes, as the kernel counts it.</summary>
    public long ResidentBytes => Status("VmRSS:");

    /// <summary>The most it ever was.</summary>
    public long PeakResidentBytes => Status("VmHWM:");

    /// <summary>Processor time the process has used so far. Steadier than elapsed time on a machine that does other work too.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process!.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <summary>Starts the process and answers when it is ready.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Distributions.Api.dll"));
        start.ArgumentList.Add("--urls");
        start.ArgumentList.Add($"http://127.0.0.1:{Port}");
        foreach (var (key, value) in _settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitUntilAsync(IsReadyAsync, TimeSpan.FromSeconds(60), () => $"The engine did not become ready:\n{Output}");
    }

    /// <summary>kill -9: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Looks every 50 ms until the condition holds; fails with the given explanation when it does not in time.</summary>
    public static async Task WaitUntilAsync(Func<Task<bool>> condition, TimeSpan atMost, Func<string> explain)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > atMost)
            {
                throw new TimeoutException(explain());
            }

            await Task.Delay(50);
        }
    }

    public async Task<T> PostAsync<T>(string path, object body)
    {
        using var response = await Http.PostAsJsonAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode
            ? System.Text.Json.JsonSerializer.Deserialize<T>(text)!
            : throw new HttpRequestException($"POST {path}: {(int)response.StatusCode} {text}");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_process is not null)
        {
            await KillAsync();
        }

        if (_ownsDirectory)
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> IsReadyAsync()
    {
        if (_process!.HasExited)
        {
            throw new InvalidOperationException($"The engine exited with {_process.ExitCode}:\n{Output}");
        }

        try
        {
            using var response = await Http.GetAsync("/health/ready");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null)
        {
            lock (_output)
            {
                _output.Add(line.Data);
            }
        }
    }

    private long Status(string field)
    {
        var line = File.ReadLines($"/proc/{_process!.Id}/status").First(candidate => candidate.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(field.Length).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture) * 1024;
    }
}
