using System.Runtime.CompilerServices;
using Marketing.Catalogue;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketing.Storage.DataPlane;

/// <summary>The contract on PostgreSQL.</summary>
public sealed class PostgresDataPlaneTests : DataPlaneContract
{
    private PostgresDatabase? _database;

    protected override async ValueTask CreateAsync() => _database = await PostgresDatabase.CreateAsync();

    protected override void AddDataPlane(IServiceCollection services) => services.AddSingleton(_ => _database!.CreateSource()).AddPostgresDataPlane();

    private protected override async Task<Plane?> OtherAsync() => await Plane.StartAsync(AddDataPlane);

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

    [Fact]
    public async Task The_other_silos_hear_of_a_change_in_a_section_even_if_nobody_lives_to_tell_them()
    {
        var tables = typeof(SectionReader).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(SectionReader)))
            .SelectMany(type => ((SectionReader)RuntimeHelpers.GetUninitializedObject(type)).Tables).ToList();
        Assert.Equal(["distributions", "segments"], tables.Intersect(["distributions", "segments"]).Order());
        foreach (var table in tables)
        {
            var triggers = await _database!.RowsAsync($"SELECT count(*) FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE t.tgrelid = '{table}'::regclass AND p.proname = 'advance_catalogue'");
            Assert.True((long)triggers[0][0]! > 0, table);
        }
    }

    protected override ValueTask DropAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;
}
