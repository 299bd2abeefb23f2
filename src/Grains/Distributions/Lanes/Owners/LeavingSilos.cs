using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;

namespace Marketing.Distributions.Lanes;

/// <summary>
/// Silos that are about to stop: they take up no lanes any more, although they still answer. Each silo is told by the one that leaves; one that was not
/// told hears of it when it is gone.
/// </summary>
internal sealed class LeavingSilos(IServiceProvider services) : IControllable
{
    /// <summary>By which name silos find it in each other.</summary>
    public const string ProviderName = "leaving-silos";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<SiloAddress, bool> _leaving = new();

    /// <summary>Of these, the ones that stay.</summary>
    public IEnumerable<SiloAddress> Without(IEnumerable<SiloAddress> silos) => _leaving.IsEmpty ? silos : silos.Where(silo => !_leaving.ContainsKey(silo));

    /// <summary>Tells all silos, this one too.</summary>
    public async Task AnnounceAsync(SiloAddress silo)
    {
        _leaving[silo] = true;
        var management = services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        await management.SendControlCommandToProvider<LeavingSilos>(ProviderName, 0, silo).WaitAsync(Patience);
    }

    /// <summary>A silo says that it leaves.</summary>
    public Task<object?> ExecuteCommand(int command, object? arg)
    {
        _leaving[(SiloAddress)arg!] = true;
        return Task.FromResult<object?>(true);
    }
}
