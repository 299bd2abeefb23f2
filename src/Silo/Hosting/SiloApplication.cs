using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketing.Hosting;

/// <summary>A silo as a process of its own.</summary>
internal static class SiloApplication
{
    /// <summary>Where its health is asked for; unset: nowhere.</summary>
    private const string UrlsKey = "Distributions:Silo:Urls";

    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        if (string.IsNullOrEmpty(builder.Configuration.GetConnectionString(ClusterSilo.ConnectionString)))
        {
            throw new ClusterNotConfiguredException();
        }

        // Not ASPNETCORE_URLS, which on a machine that runs everything belongs to the API.
        var urls = builder.Configuration[UrlsKey];
        builder.WebHost.UseUrls(string.IsNullOrEmpty(urls) ? "" : urls);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        if (string.IsNullOrEmpty(urls))
        {
            builder.Services.AddSingleton<Microsoft.AspNetCore.Hosting.Server.IServer, NoServer>();
        }

        builder.Logging.AddQuietDefaults();
        builder.AddClusterSilo();
        builder.Services.AddHostedService<SiloWelcome>();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.MapSiloHealth();
        return app;
    }
}
