using Microsoft.Extensions.Hosting;

namespace Marketing.Hosting;

/// <summary>Tells the person in front of the terminal that the silo works, and where.</summary>
internal sealed class SiloWelcome(ILocalSiloDetails silo, SiloEndpoint endpoint) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine($"Silo {silo.Name} at {endpoint.Address}:{endpoint.Port}, gateway at port {endpoint.GatewayPort}. Ctrl+C stops.");
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
