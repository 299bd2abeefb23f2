namespace Marketing.Testing;

/// <summary>The real API process on a port of its own: with its embedded silo, or as a client where the settings name a cluster.</summary>
public sealed class EngineProcess : EngineHost
{
    private const string AppId = "test-app";
    private const string AppToken = "test-token";

    private readonly RefusedCalls _refused;

    /// <param name="settings">Configuration keys, colon-separated.</param>
    /// <param name="directory">The data directory; a temporary one, deleted at the end, when null.</param>
    /// <param name="name">What it is called in logs.</param>
    public EngineProcess(IReadOnlyDictionary<string, string>? settings = null, string? directory = null, string name = "engine")
        : base(name, "Distributions.Api.dll", settings, directory)
    {
        Port = FreePort.Next();
        Set("Distributions:Bootstrap:AppId", AppId);
        Set("Distributions:Bootstrap:AppToken", AppToken);
        _refused = new RefusedCalls(name);
        Http = new HttpClient(_refused)
        {
            BaseAddress = new Uri($"http://127.0.0.1:{Port}"),
            Timeout = TimeSpan.FromSeconds(60),
        };
        Http.DefaultRequestHeaders.Add("X-App-Id", AppId);
        Http.DefaultRequestHeaders.Add("X-App-Token", AppToken);
        Shop = new ShopClient(Http, () => Output);
    }

    public int Port { get; }

    /// <summary>Carries the server keys of the first project.</summary>
    public override HttpClient Http { get; }

    /// <summary>Calls through <see cref="Http"/> that were not answered 2xx.</summary>
    public IReadOnlyCollection<RefusedCall> Refused => _refused.All;

    /// <summary>What a shop asks of it.</summary>
    public ShopClient Shop { get; }

    private protected override IEnumerable<string> Arguments => ["--urls", $"http://127.0.0.1:{Port}"];
}
