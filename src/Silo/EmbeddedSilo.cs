using Marketing.Distributions;
using Marketing.Files;
using Marketing.Hosting;
using Marketing.Projects;
using Marketing.Secrets;
using Marketing.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Marketing;

/// <summary>A silo inside the API's own process, on SQLite files: nothing else to install or start.</summary>
public static class EmbeddedSilo
{
    /// <summary>Adds the silo to a host. The data directory is created if it is missing.</summary>
    public static IHostApplicationBuilder AddEmbeddedSilo(this IHostApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var directory = DataDirectory.Of(configuration);
        OwnerOnly.CreateDirectory(directory);

        builder.Services.AddHostedService<FreeAddresses>();

        // Before anything that reads or writes there.
        builder.Services.AddHostedService<DataDirectoryRights>();
        builder.Services.AddHostedService(_ => new DataDirectoryLock(directory));
        builder.UseOrleans(silo =>
        {
            silo.UseSqliteControlPlane(
                Path.Combine(directory, "control.db"),
                configuration.GetValue<int?>("Distributions:Silo:Port") ?? 0,
                configuration.GetValue<int?>("Distributions:Silo:GatewayPort") ?? 0);
            silo.AddTimeoutFilter();
            silo.AddEngine(configuration);
        });
        builder.Services.AddOptions<HostOptions>().Configure<IOptions<DistributionOptions>>(
            static (host, distributions) => host.ShutdownTimeout = distributions.Value.DrainTimeout + StopDeadline.AfterDraining);
        builder.Services.AddSqliteDataPlane(Path.Combine(directory, "data.db"));
        builder.Services.AddOutbox(configuration);
        builder.Services.AddSecretsByFiles(configuration);
        builder.Services.AddHostedService<PlainSecretTraces>();
        builder.Services.PostConfigure<LinkOptions>(options => options.PublicUrl ??= FirstUrl(configuration));
        return builder;
    }

    private static string FirstUrl(IConfiguration configuration) =>
        (configuration[WebHostDefaults.ServerUrlsKey] ?? ApiAddress.Default).Split(';')[0].TrimEnd('/');
}
