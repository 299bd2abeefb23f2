using System.Globalization;

namespace Marketing.Testing;

/// <summary>A silo of a cluster.</summary>
public sealed class SiloProcess : EngineHost
{
    internal SiloProcess(string name, IReadOnlyDictionary<string, string> settings)
        : base(name, "Distributions.Silo.dll", settings, directory: null)
    {
        var url = $"http://127.0.0.1:{FreePort.Next()}";
        Set("Distributions:Silo:Urls", url);
        Http = new HttpClient { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(5) };
        Move();
    }

    /// <summary>Where it is asked about itself.</summary>
    public override HttpClient Http { get; }

    /// <summary>Where other silos reach it.</summary>
    public int Port { get; private set; }

    /// <summary>The next start is on other ports, as on another machine.</summary>
    public void Move()
    {
        Port = FreePort.Next();
        Set("Distributions:Silo:Port", Port.ToString(CultureInfo.InvariantCulture));
        Set("Distributions:Silo:GatewayPort", FreePort.Next().ToString(CultureInfo.InvariantCulture));
    }
}
