using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Marketing.Hosting;

/// <summary>Where the API listens, once it does.</summary>
internal sealed class ListenAddress(IServer server, IHostApplicationLifetime lifetime)
{
    /// <summary>The first address as a program on this machine reaches it.</summary>
    public Uri Local
    {
        get
        {
            var first = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? ApiAddress.Default;
            var binding = BindingAddress.Parse(first);
            var host = binding.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : binding.Host;
            return new Uri($"{binding.Scheme}://{host}:{binding.Port}");
        }
    }

    /// <summary>Ends when requests are taken.</summary>
    public async Task KnownAsync(CancellationToken cancellation)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellation);
    }
}
