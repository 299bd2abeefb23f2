using Marketing.Observability;
using Marketing.Storage.Postgres;
using Marketing.Storage.Relational;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Marketing.Storage;

/// <summary>The data plane on PostgreSQL, for any number of silos on one database.</summary>
internal static class PostgresDataPlane
{
    /// <summary>
    /// Registers the data plane's stores on the registered <see cref="NpgsqlDataSource"/>. The schema is created and upgraded at start, by
    /// whichever silo comes first. Needs an <see cref="ICatalogueFence"/>.
    /// </summary>
    public static IServiceCollection AddPostgresDataPlane(this IServiceCollection services)
    {
        services.AddSingleton<IHostedService>(provider => new SchemaUpgradeAtStart(UpgraderOf(provider)));

        services.AddEngineMetrics();
        services.AddSingleton<PostgresDatabase>();
        services.AddSingleton<ISqlDatabase>(provider => provider.GetRequiredService<PostgresDatabase>());
        services.AddSingleton<ICommitter, PostgresCommitter>();
        services.AddSingleton<INumbers, PostgresNumbers>();
        services.AddSingleton<ICustomerStore, PostgresCustomerStore>();
        services.AddSingleton<IMessageQueue, PostgresMessageQueue>();
        services.AddSingleton<ISegmentStore, PostgresSegmentStore>();
        return services.AddRelationalStores();
    }

    private static SchemaUpgrader UpgraderOf(IServiceProvider provider) => new(
        provider.GetRequiredService<NpgsqlDataSource>(), new PostgresSchemaDialect(), SchemaScript.EmbeddedFor(PostgresSchemaDialect.Engine),
        provider.GetService<TimeProvider>() ?? TimeProvider.System, provider.GetRequiredService<ILogger<SchemaUpgrader>>());
}
