using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Marketing.Hosting;

/// <summary>
/// Finds out that somebody else listens where this process is to listen, before a database is made and a silo has started that would have to be stopped
/// again. The server finds out too, for all it knows of addresses, but last of all.
/// </summary>
internal sealed class FreeAddresses(IConfiguration configuration) : IHostedLifecycleService
{
    private const int Attempts = 20;

    // A supervisor that restarts the process may start the next one before the last is quite gone.
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var url in (configuration[WebHostDefaults.ServerUrlsKey] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var address = BindingAddress.Parse(url);
            if (address.IsUnixPipe || address.IsNamedPipe || address.Port == 0)
            {
                continue;
            }

            for (var attempt = 1; IsTaken(address); attempt++)
            {
                if (attempt == Attempts)
                {
                    var reason = $"Failed to bind to address {url}: address already in use.";
                    throw new IOException(reason, new AddressInUseException(reason));
                }

                await Task.Delay(Between, cancellationToken);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool IsTaken(BindingAddress address)
    {
        // What is no address is a name for all of them, as the server takes it.
        var here = address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
            : IPAddress.TryParse(address.Host.Trim('[', ']'), out var literal) ? literal
            : IPAddress.Any;
        using var listener = new TcpListener(here, address.Port);
        try
        {
            listener.Start();
            return false;
        }
        catch (SocketException refusal) when (refusal.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return true;
        }
    }
}
