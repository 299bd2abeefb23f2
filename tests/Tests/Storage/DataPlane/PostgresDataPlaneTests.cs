using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Storage.DataPlane;

/// <summary>The contract on PostgreSQL.</summary>
public sealed class PostgresDataPlaneTests : DataPlaneContract
{
    private PostgresDatabase? _database;

    protected override async ValueTask CreateAsync() => _database = await PostgresDatabase.CreateAsync();

    protected override void AddDataPlane(IServiceCollection services) => services.AddSingleton(_ => _database!.CreateSource()).AddPostgresDataPlane();

    protected override ValueTask DropAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;
}
