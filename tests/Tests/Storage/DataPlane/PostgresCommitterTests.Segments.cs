using Marketing.Storage.Postgres;
using Npgsql;
using Xunit;

namespace Marketing.Storage.DataPlane;

public sealed partial class PostgresCommitterTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_leaves_a_segment_or_is_given_a_source_id_waits_for_the_synchronisation_that_has_just_entered_him(bool leaves)
    {
        var customer = (await StoredAsync(1))[0];
        await Database.RowsAsync(
            """
            INSERT INTO segments (number, project, id, name, type, created_at, baseline, synced, progress)
            VALUES (3, 7, 'seg_3', 'A', 'auto-update', 0, 0, 0, 0)
            """);
        await using var connection = await Database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var chunk = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var enter = new NpgsqlCommand(SyncLocks.BeginChunk, connection)
        {
            Parameters = { PostgresParameters.Int(3), PostgresParameters.Longs([customer.Number]), PostgresParameters.Longs([customer.CreatedAt.ToUnixTimeMilliseconds()]), PostgresParameters.Texts([null]) },
        })
        {
            await enter.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var changing = CommitAsync(One, commit =>
        {
            commit.Customer = customer with { ExpectedVersion = 1, SourceId = leaves ? customer.SourceId : "given" };
            if (leaves)
            {
                commit.Memberships.Add(new MembershipWrite(3, customer.Number, false));
            }
        });
        await Database.UntilAsync("SELECT count(*) > 0 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
        await chunk.CommitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(CommitOutcome.Durable, await changing);
        Assert.Equal(leaves ? 0 : 1, await Database.NumberAsync("SELECT count(*) FROM memberships"));
        Assert.Equal(leaves ? 0 : 1, await Database.NumberAsync("SELECT count(*) FROM memberships WHERE source_id = 'given'"));
    }
}
