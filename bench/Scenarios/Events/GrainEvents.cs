using Marketing.Bench.Deployments;
using Marketing.Customers;
using Marketing.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Bench.Scenarios;

/// <summary>Events through a client of the cluster, as a service inside the network would send them.</summary>
internal sealed class GrainEvents : IAsyncDisposable
{
    private static readonly CustomEventCommand Visit = new() { Name = EventScene.Event, Metadata = new RawJson("""{"page":"home"}"""u8.ToArray()) };

    private readonly IHost _client;
    private readonly IGrainFactory _grains;
    private readonly List<string> _customers;
    private readonly int _project;

    private GrainEvents(IHost client, int project, List<string> customers)
    {
        _client = client;
        _grains = client.Services.GetRequiredService<IGrainFactory>();
        _project = project;
        _customers = customers;
    }

    public static async Task<GrainEvents> ConnectAsync(Cluster cluster, int most = int.MaxValue)
    {
        var project = (int)await cluster.Database.ValueAsync("SELECT project FROM customers LIMIT 1");
        var customers = await cluster.Database.Source.TextsAsync($"SELECT id FROM customers ORDER BY no LIMIT {most}");
        return new GrainEvents(await cluster.ConnectAsync(), project, customers);
    }

    public async Task RecordAsync(int number)
    {
        var customer = _customers[number % _customers.Count];
        var result = await _grains.Customer(_project, customer).RecordAsync(new CustomEventsHappened([Visit]), new CommandContext { RequestId = RequestIds.New() });
        if (result is not CustomerAnswer.Recorded)
        {
            throw new InvalidOperationException($"An event was refused: {result}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _client.StopAsync();
        _client.Dispose();
    }
}
