using Marketing.Customers;
using Marketing.Observability;
using Marketing.Segments;
using Marketing.Storage.Relational;
using Marketing.Storage.Sqlite;
using Marketing.Suppressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketing.Storage;

/// <summary>The data plane on SQLite: customers, messages and all that grows, in one file beside that of the control plane.</summary>
internal static class SqliteDataPlane
{
    /// <summary>Registers the data plane's stores on a database file, which is created and upgraded at start. Needs an <see cref="ICatalogueFence"/>.</summary>
    public static IServiceCollection AddSqliteDataPlane(this IServiceCollection services, string databaseFile) =>
        services.AddSqliteDataPlane(new SqliteDataPlaneOptions(databaseFile));

    /// <inheritdoc cref="AddSqliteDataPlane(IServiceCollection, string)"/>
    public static IServiceCollection AddSqliteDataPlane(this IServiceCollection services, SqliteDataPlaneOptions options)
    {
        services.AddSingleton(options);
        services.AddEngineMetrics();
        services.AddSingleton<IHostedService>(provider => new SchemaUpgradeAtStart(
            UpgraderOf(provider, options), provider.GetRequiredService<ILogger<SchemaUpgradeAtStart>>()));

        services.AddSingleton<SqliteReaders>();
        services.AddCommitter<SqliteCommitter>();
        services.AddSingleton<SqliteDatabase>();
        services.AddSingleton<ISqlDatabase>(provider => provider.GetRequiredService<SqliteDatabase>());
        services.AddSingleton<CustomerLoader>();
        services.AddSingleton<ICatalogueVersions, SqliteCatalogueVersions>();
        services.AddSingleton<INumbers, SqliteNumbers>();
        services.AddSingleton<ICustomerStore, SqliteCustomerStore>();
        services.AddSingleton<IMessageQueue, SqliteMessageQueue>();
        services.AddSingleton<ISegmentStore, SqliteSegmentStore>();
        services.AddSingleton<ISuppressionLookup, SqliteSuppressionLookup>();
        services.AddSingleton<IRetentionStore, SqliteRetentionStore>();
        return services.AddRelationalStores();
    }

    private static SchemaUpgrader UpgraderOf(IServiceProvider provider, SqliteDataPlaneOptions options) => new(
        new SqliteDataSource(options.Writing), new SqliteSchemaDialect(), SchemaScript.EmbeddedFor(SqliteSchemaDialect.Engine),
        provider.GetService<TimeProvider>() ?? TimeProvider.System, provider.GetRequiredService<ILogger<SchemaUpgrader>>());
}
