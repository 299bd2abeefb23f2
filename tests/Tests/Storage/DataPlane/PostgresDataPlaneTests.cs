using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketing.Storage.DataPlane;

/// <summary>The contract on PostgreSQL.</summary>
public sealed class PostgresDataPlaneTests : DataPlaneContract
{
    private PostgresDatabase? _database;

    protected override async ValueTask CreateAsync() => _database = await PostgresDatabase.CreateAsync();

    protected override void AddDataPlane(IServiceCollection services) => services.AddSingleton(_ => _database!.CreateSource()).AddPostgresDataPlane();

    [Fact]
    public async Task The_runs_of_forgotten_messages_are_forgotten_with_the_last_of_them()
    {
        var distribution = Any.Number();
        await Plane.Distributions.SaveAsync(Any.Distribution(distribution), null);
        var messages = Enumerable.Range(1, 3).Select(customer => Plane.Message(distribution, customer)).ToArray();
        await Plane.CommitAsync(commit => commit.Messages.AddRange(messages));
        var runs = $"SELECT count(*) FROM arrivals WHERE distribution = {distribution}";
        for (var sent = 1; sent <= 3; sent++)
        {
            Assert.Equal(1, await _database!.NumberAsync(runs));
            await Plane.MoveAsync(
                messages[sent - 1].Move(MessageStatus.Queued, MessageStatus.Sending, at: Any.Noon.AddHours(sent)),
                messages[sent - 1].Move(MessageStatus.Sending, MessageStatus.Sent, at: Any.Noon.AddHours(sent)));
            await PartsAsync(() => Plane.Retention.DeleteMessagesAsync(distribution, Any.Noon.AddHours(sent + 1), 10));
        }

        Assert.Equal(0, await _database!.NumberAsync(runs));
    }

    protected override async Task<IReadOnlyList<string>> ColumnsOfAsync(string table) =>
    [
        .. (await _database!.RowsAsync($"SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}'"))
            .Select(row => $"{row[0]} {((string)row[1]! == "bytea" ? "bytes" : row[1])}"),
    ];

    protected override async Task<IReadOnlyList<string>> IndexesOfAsync(string table) =>
    [
        .. (await _database!.RowsAsync(
            $"""
            SELECT CASE WHEN i.indisunique THEN 'unique ' ELSE '' END || string_agg(a.attname, ' ' ORDER BY a.attnum)
            FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indexrelid WHERE i.indrelid = '{table}'::regclass GROUP BY i.indexrelid, i.indisunique
            """)).Select(row => (string)row[0]!),
    ];

    protected override ValueTask DropAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;
}
