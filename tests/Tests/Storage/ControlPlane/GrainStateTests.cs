using System.Text;
using Marketing.Storage.Sqlite;
using Orleans.Storage;
using Xunit;

namespace Marketing.Storage;

public sealed class GrainStateTests : IDisposable
{
    private const string StateName = "notebook";

    private readonly DatabaseFile _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task State_survives_a_restart_on_the_same_file()
    {
        await using (var before = await ControlPlaneHost.StartAsync(_database))
        {
            await before.Notebook("a").WriteAsync("written before");
        }

        await using var after = await ControlPlaneHost.StartAsync(_database);
        Assert.Equal("written before", await after.Notebook("a").ReadAsync());
        Assert.Null(await after.Notebook("b").ReadAsync());
    }

    [Fact]
    public async Task Cleared_state_stays_cleared_after_a_restart_and_can_be_written_again()
    {
        await using (var before = await ControlPlaneHost.StartAsync(_database))
        {
            await before.Notebook("a").WriteAsync("one");
            await before.Notebook("a").ClearAsync();
            Assert.Null(await before.Notebook("a").ReadAsync());
        }

        await using (var cleared = await ControlPlaneHost.StartAsync(_database))
        {
            Assert.Null(await cleared.Notebook("a").ReadAsync());
            await cleared.Notebook("a").WriteAsync("two");
            await cleared.Notebook("a").ClearAsync();
            await cleared.Notebook("a").WriteAsync("three");
        }

        await using var after = await ControlPlaneHost.StartAsync(_database);
        Assert.Equal("three", await after.Notebook("a").ReadAsync());
    }

    [Fact]
    public async Task Clearing_what_was_never_written_writes_nothing()
    {
        await using var host = await ControlPlaneHost.StartAsync(_database);

        await host.Notebook("a").ClearAsync();

        Assert.Equal(0L, await ScalarAsync("SELECT count(*) FROM OrleansStorage"));
    }

    [Fact]
    public async Task A_stale_writer_is_refused_and_the_newer_state_stays()
    {
        await using var host = await ControlPlaneHost.StartAsync(_database);
        var grain = GrainId.Create("test.notebook", "a");
        var (first, second) = (Written("one"), new GrainState<NotebookState>());
        await host.Storage.WriteStateAsync(StateName, grain, first);
        await host.Storage.ReadStateAsync(StateName, grain, second);

        first.State = new NotebookState { Text = "two" };
        await host.Storage.WriteStateAsync(StateName, grain, first);
        second.State = new NotebookState { Text = "stale" };

        await Assert.ThrowsAsync<InconsistentStateException>(() => host.Storage.WriteStateAsync(StateName, grain, second));
        await Assert.ThrowsAsync<InconsistentStateException>(() => host.Storage.ClearStateAsync(StateName, grain, second));
        Assert.Equal("two", await host.Notebook("a").ReadAsync());
    }

    [Fact]
    public async Task Of_two_first_writers_one_is_refused()
    {
        await using var host = await ControlPlaneHost.StartAsync(_database);

        // One key of each form Orleans stores differently: text, number, Guid, and number with an extension.
        foreach (var key in (string[])["not-hex", "1f", "0123456789abcdef0123456789abcdef", "1f+extension"])
        {
            var grain = GrainId.Create("test.notebook", key);
            await host.Storage.WriteStateAsync(StateName, grain, Written("one"));

            await Assert.ThrowsAsync<InconsistentStateException>(() => host.Storage.WriteStateAsync(StateName, grain, Written("two")));
            Assert.Equal("one", await host.Notebook(key).ReadAsync());
        }
    }

    [Fact]
    public async Task A_writer_from_before_a_clear_is_refused()
    {
        await using var host = await ControlPlaneHost.StartAsync(_database);
        var grain = GrainId.Create("test.notebook", "a");
        var (clearing, stale) = (Written("one"), new GrainState<NotebookState>());
        await host.Storage.WriteStateAsync(StateName, grain, clearing);
        await host.Storage.ReadStateAsync(StateName, grain, stale);

        await host.Storage.ClearStateAsync(StateName, grain, clearing);

        await Assert.ThrowsAsync<InconsistentStateException>(() => host.Storage.WriteStateAsync(StateName, grain, stale));
        Assert.Null(await host.Notebook("a").ReadAsync());
    }

    [Fact]
    public async Task A_writer_whose_row_is_gone_is_refused()
    {
        await using var host = await ControlPlaneHost.StartAsync(_database);
        var grain = GrainId.Create("test.notebook", "a");
        var state = Written("one");
        await host.Storage.WriteStateAsync(StateName, grain, state);
        await ScalarAsync("DELETE FROM OrleansStorage");

        await Assert.ThrowsAsync<InconsistentStateException>(() => host.Storage.WriteStateAsync(StateName, grain, state));
        Assert.Equal(0L, await ScalarAsync("SELECT count(*) FROM OrleansStorage"));
    }

    [Fact]
    public async Task Many_grains_write_at_once()
    {
        await using (var host = await ControlPlaneHost.StartAsync(_database))
        {
            await Task.WhenAll(Enumerable.Range(0, 64).Select(async number =>
            {
                var notebook = host.Notebook($"grain-{number}");
                await notebook.WriteAsync("first");
                await notebook.WriteAsync($"second of {number}");
            }));
        }

        await using var after = await ControlPlaneHost.StartAsync(_database);
        foreach (var number in Enumerable.Range(0, 64))
        {
            Assert.Equal($"second of {number}", await after.Notebook($"grain-{number}").ReadAsync());
        }
    }

    [Fact]
    public async Task State_is_stored_as_short_JSON_without_type_names()
    {
        await using var host = await ControlPlaneHost.StartAsync(_database);

        await host.Notebook("a").WriteAsync("Привет");

        var stored = (byte[]?)await ScalarAsync("SELECT PayloadBinary FROM OrleansStorage");
        Assert.Equal("""{"Text":"Привет"}""", Encoding.UTF8.GetString(stored!));
    }

    private static GrainState<NotebookState> Written(string text) => new(new NotebookState { Text = text });

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var source = new SqliteDataSource(new SqliteOptions(_database.FullName));
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
