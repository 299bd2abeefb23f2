using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Marketing.Clients;

/// <summary>For clients of the cluster: calls that silos are lost under are made again.</summary>
public static class RepeatingCalls
{
    /// <summary>
    /// Makes a call again when the silo that had it went away, as one does while silos are restarted one after the other: at once when the call was
    /// refused, a moment after a connection was lost when there is no answer. Repeating is safe: commands know by their request id what was done
    /// already. Methods marked with <see cref="OneAttemptAttribute"/> are left alone.
    /// </summary>
    public static IClientBuilder AddRepeatingCalls(this IClientBuilder client)
    {
        client.Services.TryAddSingleton(TimeProvider.System);
        client.Services.AddSingleton<SiloLosses>();
        client.Services.AddSingleton<IOutgoingGrainCallFilter, RepeatingCallFilter>();
        return client.AddGatewayCountChangedHandler(services => (_, change) =>
        {
            if (change.NumberOfConnectedGateways < change.PreviousNumberOfConnectedGateways)
            {
                services.GetRequiredService<SiloLosses>().Report();
            }
        });
    }
}
