using System.Globalization;

namespace Marketing.Testing;

/// <summary>A silo of a cluster.</summary>
public sealed class SiloProcess : EngineHost
{
    private readonly int _healthPort = FreePort.Next();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };

    internal SiloProcess(string name, IReadOnlyDictionary<string, string> settings)
        : base(name, "Distributions.Silo.dll", settings, directory: null)
    {
        Set("Distributions:Silo:Urls", $"http://127.0.0.1:{_healthPort}");
        Move();
    }

    /// <summary>Where other silos reach it.</summary>
    public int Port { get; private set; }

    /// <summary>The next start is on other ports, as on another machine.</summary>
    public void Move()
    {
        Port = FreePort.Next();
        Set("Distributions:Silo:Port", Port.ToString(CultureInfo.InvariantCulture));
        Set("Distributions:Silo:GatewayPort", FreePort.Next().ToString(CultureInfo.InvariantCulture));
    }

    private protected override async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await _http.GetAsync($"http://127.0.0.1:{_healthPort}/health/ready");
            return response.IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private protected override void DisposeCore() => _http.Dispose();
}
