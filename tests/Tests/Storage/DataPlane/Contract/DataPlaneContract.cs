using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketing.Storage.DataPlane;

/// <summary>What every engine's data plane must do. A subclass names the engine and brings an empty database.</summary>
public abstract partial class DataPlaneContract : IAsyncLifetime
{
    private Plane? _plane;

    internal Plane Plane => _plane!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await CreateAsync();
        _plane = await Plane.StartAsync(AddDataPlane);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_plane is not null)
        {
            await _plane.DisposeAsync();
        }

        await DropAsync();
    }

    protected virtual ValueTask CreateAsync() => ValueTask.CompletedTask;

    /// <summary>Registers the data plane on this test's database.</summary>
    protected abstract void AddDataPlane(IServiceCollection services);

    protected abstract ValueTask DropAsync();

    protected async Task RestartAsync()
    {
        await Plane.DisposeAsync();
        _plane = await Plane.StartAsync(AddDataPlane);
    }
}
