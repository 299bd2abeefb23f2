using Marketing.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Reminders;
using Orleans.Storage;
using Xunit;

namespace Marketing.Storage;

/// <summary>A real host with one silo on a database file, as the embedded mode runs it.</summary>
internal sealed class ControlPlaneHost : IAsyncDisposable
{
    private readonly IHost _host;

    private ControlPlaneHost(IHost host) => _host = host;

    public ReminderTicks Ticks => _host.Services.GetRequiredService<ReminderTicks>();

    public IGrainStorage Storage => _host.Services.GetRequiredService<IGrainStorage>();

    public static async Task<ControlPlaneHost> StartAsync(DatabaseFile database, TimeProvider? reminderClock = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo => silo.UseSqliteControlPlane(database.FullName));
        builder.Services.AddSingleton<ReminderTicks>();
        if (reminderClock is not null)
        {
            builder.Services.AddKeyedSingleton(ReminderTimeProviderNames.Reminders, reminderClock);
        }

        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new ControlPlaneHost(host);
    }

    public INotebookGrain Notebook(string key) => _host.Services.GetRequiredService<IGrainFactory>().GetGrain<INotebookGrain>(key);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
