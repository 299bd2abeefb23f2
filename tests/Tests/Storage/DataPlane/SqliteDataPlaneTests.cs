using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Storage.DataPlane;

/// <summary>The contract on SQLite files.</summary>
public sealed class SqliteDataPlaneTests : DataPlaneContract
{
    private readonly DatabaseFile _file = new();

    protected override void AddDataPlane(IServiceCollection services) => services.AddSqliteDataPlane(_file.FullName);

    protected override ValueTask DropAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }
}
