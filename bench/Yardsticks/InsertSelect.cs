using System.Diagnostics;
using Marketing.Bench.Deployments;

namespace Marketing.Bench.Yardsticks;

/// <summary>The rows of a queue made by one statement from the members of a segment, into a copy of the table with all its indexes.</summary>
internal sealed class InsertSelect(Database database, int segment) : IYardstick
{
    public string Name => "one INSERT … SELECT";

    public async Task<double> MeasureAsync()
    {
        await database.RunAsync("DROP TABLE IF EXISTS messages_copy");
        await database.RunAsync("CREATE TABLE messages_copy (LIKE messages INCLUDING ALL)");
        await database.RunAsync("CHECKPOINT");
        var watch = Stopwatch.StartNew();
        var rows = await database.RunAsync(
            $"""
            INSERT INTO messages_copy (distribution, no, project, lane, customer, occurrence, channel, status, due_at, created_at)
            SELECT 1, row_number() OVER (ORDER BY customer), 1, customer % 4, customer, -1, 'discard', 0, 0, 0 FROM memberships WHERE segment = {segment}
            """);
        var rate = rows / watch.Elapsed.TotalSeconds;
        await database.RunAsync("DROP TABLE messages_copy");
        return rate;
    }
}
