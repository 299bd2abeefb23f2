using Marketing.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

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

    protected override Task<IReadOnlyList<string>> ColumnsOfAsync(string table)
    {
        using var session = new SqliteSession(new SqliteDataSource(new SqliteOptions(_file.FullName)));
        return Task.FromResult<IReadOnlyList<string>>(session.Prepare(
            $"""
            SELECT name || ' ' || CASE type WHEN 'TEXT' THEN 'text' WHEN 'BLOB' THEN 'bytes' WHEN 'INTEGER' THEN CASE name WHEN 'project' THEN 'integer' ELSE 'bigint' END END
            FROM pragma_table_info('{table}')
            """).ReadAll(static row => row.Text(0)));
    }

    protected override Task<IReadOnlyList<string>> IndexesOfAsync(string table)
    {
        // The number of a row is the key that each index ends with, named or not.
        using var session = new SqliteSession(new SqliteDataSource(new SqliteOptions(_file.FullName)));
        return Task.FromResult<IReadOnlyList<string>>(session.Prepare(
            $"""
            SELECT CASE l."unique" WHEN 1 THEN 'unique ' ELSE '' END || (SELECT group_concat(i.name, ' ') FROM pragma_index_info(l.name) i)
            FROM pragma_index_list('{table}') l
            """).ReadAll(static row => row.Text(0)));
    }

    [Fact]
    public async Task A_copy_of_the_files_of_a_running_plane_has_every_acknowledged_commit()
    {
        // What a crash leaves behind: the files as they are, nothing closed.
        var customers = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Plane.StoredCustomerAsync()));
        using var copy = new DatabaseFile();
        foreach (var suffix in new[] { string.Empty, "-wal" })
        {
            File.Copy(_file.FullName + suffix, copy.FullName + suffix);
        }

        await using var survivor = await Plane.StartAsync(services => services.AddSqliteDataPlane(copy.FullName));

        var rows = await survivor.Customers.LoadManyAsync(Plane.Project, [.. customers.Select(customer => customer.Id)], bySource: false);
        Assert.Equal(500, rows.Count);
    }

    [Fact]
    public async Task A_locked_file_is_an_outage_that_the_writer_survives()
    {
        using var file = new DatabaseFile();
        await using var plane = await Plane.StartAsync(services =>
            services.AddSqliteDataPlane(new SqliteDataPlaneOptions(file.FullName) { BusyTimeout = TimeSpan.FromMilliseconds(20) }));
        var customer = plane.Customer();
        using var other = new SqliteSession(new SqliteDataSource(new SqliteOptions(file.FullName)));

        other.Execute("BEGIN IMMEDIATE");
        await Assert.ThrowsAsync<StorageUnavailableException>(() => plane.CommitAsync(commit => commit.Customer = customer));
        other.Execute("COMMIT");

        Assert.Equal(CommitOutcome.Durable, await plane.CommitAsync(commit => commit.Customer = customer));
    }
}
