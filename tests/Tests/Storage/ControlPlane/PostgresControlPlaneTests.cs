using System.Text;
using Orleans.Storage;
using Xunit;

namespace Marketing.Storage;

public sealed partial class PostgresControlPlaneTests : IAsyncLifetime
{
    private const string StateName = "notebook";

    // One key of each form Orleans stores differently: text, number, Guid, and number with an extension.
    private static readonly string[] Keys = ["not-hex", "1f", "0123456789abcdef0123456789abcdef", "1f+extension"];

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private PostgresDatabase _database = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await PostgresDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task State_and_its_absence_survive_a_restart()
    {
        await using (var before = await PostgresSilo.StartAsync(_database))
        {
            foreach (var key in Keys)
            {
                await before.Notebook(key).WriteAsync($"first of {key}");
                await before.Notebook(key).WriteAsync($"second of {key}");
            }

            await before.Notebook("cleared").WriteAsync("gone");
            await before.Notebook("cleared").ClearAsync();
        }

        await using var after = await PostgresSilo.StartAsync(_database);
        foreach (var key in Keys)
        {
            Assert.Equal($"second of {key}", await after.Notebook(key).ReadAsync());
        }

        Assert.Null(await after.Notebook("cleared").ReadAsync());
        await after.Notebook("cleared").WriteAsync("back");
        Assert.Equal("back", await ReadStoredAsync(after, "cleared"));
    }

    [Fact]
    public async Task A_key_of_hexadecimal_digits_is_stored_as_a_number_so_its_spellings_share_their_state()
    {
        await using var silo = await PostgresSilo.StartAsync(_database);

        await silo.Notebook("1f").WriteAsync("number");

        // Why keys of grains that store state never are such text alone. Anything else in the key keeps it apart.
        Assert.Equal("number", await ReadStoredAsync(silo, "01F"));
        Assert.Null(await ReadStoredAsync(silo, "1f+extension"));
        Assert.Null(await ReadStoredAsync(silo, "k-1f"));
        Assert.Null(await ReadStoredAsync(silo, "k-01F"));
    }

    [Fact]
    public async Task Of_two_first_writers_one_is_refused()
    {
        await using var silo = await PostgresSilo.StartAsync(_database);

        foreach (var key in Keys)
        {
            var grain = GrainId.Create("test.notebook", key);
            await silo.Storage.WriteStateAsync(StateName, grain, Written("one"));

            await Assert.ThrowsAsync<InconsistentStateException>(() => silo.Storage.WriteStateAsync(StateName, grain, Written("two")));
            Assert.Equal("one", await silo.Notebook(key).ReadAsync());
        }
    }

    [Fact]
    public async Task Of_many_writers_at_once_that_read_the_same_version_one_wins()
    {
        await using var silo = await PostgresSilo.StartAsync(_database);
        var grain = GrainId.Create("test.notebook", "a");

        // The first round inserts, the second updates.
        foreach (var round in (string[])["first", "second"])
        {
            var readers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async number =>
            {
                var state = new GrainState<NotebookState>();
                await silo.Storage.ReadStateAsync(StateName, grain, state);
                state.State = new NotebookState { Text = $"{round} {number}" };
                return state;
            }));

            var refused = await Task.WhenAll(readers.Select(async state =>
                await Record.ExceptionAsync(() => silo.Storage.WriteStateAsync(StateName, grain, state))));

            var winner = Assert.Single(readers.Zip(refused), pair => pair.Second is null).First;
            Assert.All(refused.OfType<Exception>(), failure => Assert.IsType<InconsistentStateException>(failure));
            Assert.Equal(winner.State!.Text, await ReadStoredAsync(silo, "a"));
        }
    }

    [Fact]
    public async Task A_stale_writer_is_refused_and_the_newer_state_stays()
    {
        await using var silo = await PostgresSilo.StartAsync(_database);
        var grain = GrainId.Create("test.notebook", "a");
        var (first, stale) = (Written("one"), new GrainState<NotebookState>());
        await silo.Storage.WriteStateAsync(StateName, grain, first);
        await silo.Storage.ReadStateAsync(StateName, grain, stale);

        first.State = new NotebookState { Text = "two" };
        await silo.Storage.WriteStateAsync(StateName, grain, first);

        await Assert.ThrowsAsync<InconsistentStateException>(() => silo.Storage.WriteStateAsync(StateName, grain, stale));
        await Assert.ThrowsAsync<InconsistentStateException>(() => silo.Storage.ClearStateAsync(StateName, grain, stale));
        Assert.Equal("two", await silo.Notebook("a").ReadAsync());
    }

    [Fact]
    public async Task A_writer_from_before_a_clear_is_refused()
    {
        await using var silo = await PostgresSilo.StartAsync(_database);
        var grain = GrainId.Create("test.notebook", "a");
        var (clearing, stale) = (Written("one"), new GrainState<NotebookState>());
        await silo.Storage.WriteStateAsync(StateName, grain, clearing);
        await silo.Storage.ReadStateAsync(StateName, grain, stale);

        await silo.Storage.ClearStateAsync(StateName, grain, clearing);

        await Assert.ThrowsAsync<InconsistentStateException>(() => silo.Storage.WriteStateAsync(StateName, grain, stale));
        Assert.Null(await silo.Notebook("a").ReadAsync());
    }

    [Fact]
    public async Task A_writer_whose_row_is_gone_is_refused()
    {
        await using var silo = await PostgresSilo.StartAsync(_database);
        var grain = GrainId.Create("test.notebook", "a");
        var state = Written("one");
        await silo.Storage.WriteStateAsync(StateName, grain, state);
        await _database.ScalarAsync("DELETE FROM OrleansStorage");

        await Assert.ThrowsAsync<InconsistentStateException>(() => silo.Storage.WriteStateAsync(StateName, grain, state));
        Assert.Equal(0L, await _database.ScalarAsync("SELECT count(*) FROM OrleansStorage"));
    }

    [Fact]
    public async Task State_is_stored_as_short_JSON_without_type_names()
    {
        await using var silo = await PostgresSilo.StartAsync(_database);

        await silo.Notebook("a").WriteAsync("Привет");

        var stored = (byte[]?)await _database.ScalarAsync("SELECT PayloadBinary FROM OrleansStorage");
        Assert.Equal("""{"Text":"Привет"}""", Encoding.UTF8.GetString(stored!));
    }

    [Fact]
    public async Task Reminders_survive_a_restart_until_they_are_unregistered()
    {
        await using (var before = await PostgresSilo.StartAsync(_database))
        {
            await before.Notebook("a").RemindAsync("tea", Day, Day);
            await before.Notebook("a").RemindAsync("tea", 2 * Day, 60 * Day);
            await before.Notebook("a").RemindAsync("lunch", Day, Day);
            await before.Notebook("b").RemindAsync("dinner", Day, Day);
            await before.Notebook("a").StopRemindingAsync("lunch");
        }

        await using var after = await PostgresSilo.StartAsync(_database);
        Assert.Equal(["tea"], await after.Notebook("a").RemindersAsync());
        Assert.Equal(["dinner"], await after.Notebook("b").RemindersAsync());
        await after.Notebook("a").StopRemindingAsync("tea");
        Assert.Empty(await after.Notebook("a").RemindersAsync());
    }

    [Fact]
    public async Task A_reminder_is_read_as_written_and_by_its_part_of_the_ring()
    {
        await using var silo = await PostgresSilo.StartAsync(_database);
        var due = new DateTime(2030, 3, 1, 12, 0, 0, DateTimeKind.Utc).AddMilliseconds(345);
        var grains = Enumerable.Range(0, 40).Select(number => GrainId.Create("test.notebook", $"grain-{number}")).ToArray();
        foreach (var grain in grains)
        {
            await silo.Reminders.UpsertRow(
                new ReminderEntry { GrainId = grain, ReminderName = "tea", StartAt = due, Period = 60 * Day }, Cancelled);
        }

        // Longer than the milliseconds of a 32-bit number, and a time of which the zone must not move an hour.
        var read = Assert.IsType<ReminderEntry>(await silo.Reminders.ReadRow(grains[0], "tea", Cancelled));
        Assert.Equal((due, 60 * Day), (read.StartAt, read.Period));
        foreach (var (begin, end) in ((uint, uint)[])[(0, 0x7FFF_FFFF), (0x7FFF_FFFF, 0), (0x4000_0000, 0xC000_0000), (0xC000_0000, 0x4000_0000), (7, 7)])
        {
            var expected = grains.Where(grain => Within(grain.GetUniformHashCode(), begin, end)).Select(grain => grain.ToString());
            var found = (await silo.Reminders.ReadRows(begin, end, Cancelled)).Reminders.Select(reminder => reminder.GrainId.ToString());
            Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        }
    }

    private static GrainState<NotebookState> Written(string text) => new(new NotebookState { Text = text });

    private static bool Within(uint hash, uint begin, uint end) =>
        begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;

    private static async Task<string?> ReadStoredAsync(PostgresSilo silo, string key)
    {
        var state = new GrainState<NotebookState>();
        await silo.Storage.ReadStateAsync(StateName, GrainId.Create("test.notebook", key), state);
        return state.State?.Text;
    }
}
