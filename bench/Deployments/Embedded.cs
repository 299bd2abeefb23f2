using Marketing.Testing;

namespace Marketing.Bench.Deployments;

/// <summary>One process on SQLite.</summary>
internal sealed class Embedded(EngineProcess process) : IEngine
{
    public HttpClient Http => process.Http;

    public ShopClient Shop => process.Shop;

    public TimeSpan ProcessorTime => process.ProcessorTime;

    public TimeSpan DatabaseTime => TimeSpan.Zero;

    public long PeakResidentBytes => process.PeakResidentBytes;

    public Database? Database => null;

    public static async Task<IEngine> StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        var process = new EngineProcess(settings);
        await process.StartAsync();
        return new Embedded(process);
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
