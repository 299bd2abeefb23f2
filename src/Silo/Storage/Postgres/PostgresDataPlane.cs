using Marketing.Customers;
using Marketing.Observability;
using Marketing.Segments;
using Marketing.Storage.Postgres;
using Marketing.Storage.Relational;
using Marketing.Suppressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Marketing.Storage;

/// <summary>The data plane on PostgreSQL, for any number of silos on one database.</summary>
internal static class PostgresDataPlane
{
    /// <summary>
    /// Creates and upgrades the schema of the registered <see cref="NpgsqlDataSource"/>'s database at start: whichever process comes first does,
    /// the others wait. So do all when the server does not answer yet.
    /// </summary>
    public static IServiceCollection AddPostgresSchema(this IServiceCollection services) =>
        services.AddSingleton<IHostedService>(provider => new SchemaUpgradeAtStart(
            UpgraderOf(provider), provider.GetRequiredService<ILogger<SchemaUpgradeAtStart>>(), static failure => failure.IsOutage));

    /// <summary>Registers the schema and the data plane's stores. Needs an <see cref="ICatalogueFence"/>.</summary>
    public static IServiceCollection AddPostgresDataPlane(this IServiceCollection services)
    {
        services.AddPostgresSchema();
        services.AddEngineMetrics();
        services.AddSingleton<PostgresDatabase>();
        services.AddSingleton<ISqlDatabase>(provider => provider.GetRequiredService<PostgresDatabase>());
        services.AddCommitter<PostgresCommitter>();
        services.AddSingleton<ICatalogueVersions, PostgresCatalogueVersions>();
        services.AddSingleton<PostgresNumbers>();
        services.AddSingleton<INumbers>(provider => provider.GetRequiredService<PostgresNumbers>());
        services.AddHostedService(provider => provider.GetRequiredService<PostgresNumbers>());
        services.AddSingleton<ICustomerStore, PostgresCustomerStore>();
        services.AddSingleton<IMessageQueue, PostgresMessageQueue>();
        services.AddSingleton<ISegmentStore, PostgresSegmentStore>();
        services.AddSingleton<ISuppressionLookup, PostgresSuppressionLookup>();
        services.AddSingleton<IRetentionStore, PostgresRetentionStore>();
        return services.AddRelationalStores();
    }

    private static SchemaUpgrader UpgraderOf(IServiceProvider provider) => new(
        provider.GetRequiredService<NpgsqlDataSource>(), new PostgresSchemaDialect(), SchemaScript.EmbeddedFor(PostgresSchemaDialect.Engine),
        provider.GetService<TimeProvider>() ?? TimeProvider.System, provider.GetRequiredService<ILogger<SchemaUpgrader>>());
}
