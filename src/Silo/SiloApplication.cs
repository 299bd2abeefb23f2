using Marketing.Hosting;
using Marketing.Observability;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing;

/// <summary>A silo as a process of its own.</summary>
internal static class SiloApplication
{
    /// <summary>Where its health and metrics are asked for; unset: nowhere.</summary>
    private const string UrlsKey = "Distributions:Silo:Urls";

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        if (string.IsNullOrEmpty(builder.Configuration.GetConnectionString(ClusterSilo.ConnectionString)))
        {
            throw new ClusterNotConfiguredException();
        }

        SettingsCheck.RequireReadable(builder.Configuration);

        // Not ASPNETCORE_URLS, which on a machine that runs everything belongs to the API.
        builder.WebHost.UseUrls(builder.Configuration[UrlsKey] ?? "");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.AddQuietDefaults();
        builder.AddClusterSilo();
        builder.AddObservability();
        builder.AddAdminDashboard();
        builder.Services.AddHostedService<SiloWelcome>();
        builder.AddStopDeadline();
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.Services.AddSingleton<IServer, NoServer>();
        }

        var app = builder.Build();
        app.CheckSettings();
        app.UseHeadAsGet();
        app.UseRouting();
        app.MapSiloHealth();
        app.MapObservability();
        app.MapAdminDashboard();
        return app;
    }
}
