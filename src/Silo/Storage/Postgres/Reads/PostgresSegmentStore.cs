using Marketing.Segments;
using Marketing.Storage.Relational;
using Npgsql;
using static Marketing.Storage.Postgres.PostgresParameters;

namespace Marketing.Storage.Postgres;

/// <summary>Segments, in PostgreSQL: findings are checked and written by sets, under locks on the customers they are about.</summary>
internal sealed class PostgresSegmentStore(PostgresDatabase database) : SegmentStore(database)
{
    private readonly PostgresDatabase _database = database;

    public override async Task<IReadOnlyList<long>> ApplySyncAsync(int segment, IReadOnlyList<SyncFinding> findings)
    {
        if (findings.All(finding => finding.ReviewAt is null))
        {
            try
            {
                return await EnterAsync(segment, findings);
            }
            catch (PostgresException failure) when (failure.IsOvertaken || failure.IsContention)
            {
                // Some are there already.
            }
        }

        return await _database.ChangeAsync<IReadOnlyList<long>>(async connection => await ApplyAsync(connection, segment, findings));
    }

    // Without a lock on every customer, which writes as much as the memberships do. Enters all, and takes those out again that have changed.
    private async Task<IReadOnlyList<long>> EnterAsync(int segment, IReadOnlyList<SyncFinding> findings)
    {
        if (findings.Count == 0)
        {
            return [];
        }

        long[] customers = [.. findings.Select(finding => finding.Customer)];
        return await _database.RowsAsync(
            [
                new NpgsqlBatchCommand(SyncLocks.BeginChunk)
                {
                    Parameters = { Int(segment), Longs(customers), Longs(findings.Select(finding => finding.CreatedAt.ToStored())), Texts(findings.Select(finding => finding.SourceId)) },
                },
                new NpgsqlBatchCommand(Sql.TakeOutChanged)
                {
                    Parameters = { Int(segment), Longs(customers), Longs(findings.Select(finding => finding.Version)), Int(findings.Count) },
                },
            ],
            static row => row.Number(0));
    }

    private static async Task<List<long>> ApplyAsync(NpgsqlConnection connection, int segment, IReadOnlyList<SyncFinding> findings)
    {
        var current = await CurrentAsync(connection, findings);
        var members = new List<long>();
        var created = new List<long>();
        var sources = new List<string?>();
        var reviewed = new List<long>();
        var reviews = new List<long>();
        foreach (var finding in findings.Where(finding => current.Contains(finding.Customer)))
        {
            if (finding.Member)
            {
                members.Add(finding.Customer);
                created.Add(finding.CreatedAt.ToStored());
                sources.Add(finding.SourceId);
            }

            if (finding.ReviewAt is { } review)
            {
                reviewed.Add(finding.Customer);
                reviews.Add(review.ToStored());
            }
        }

        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(Sql.Enter) { Parameters = { Int(segment), Longs(members), Longs(created), Texts(sources) } },
                new NpgsqlBatchCommand(Sql.BringReviewsForward) { Parameters = { Longs(reviewed), Longs(reviews) } },
            },
        };
        await batch.ExecuteNonQueryAsync();
        return [.. findings.Select(finding => finding.Customer).Where(customer => !current.Contains(customer))];
    }

    // Those still at the version that was looked at, locked until the end of the transaction.
    private static async Task<HashSet<long>> CurrentAsync(NpgsqlConnection connection, IReadOnlyList<SyncFinding> findings)
    {
        await using var command = new NpgsqlCommand(Sql.LockCurrent, connection)
        {
            Parameters = { Longs(findings.Select(finding => finding.Customer)), Longs(findings.Select(finding => finding.Version)) },
        };
        await using var reader = await command.ExecuteReaderAsync();
        var current = new HashSet<long>(findings.Count);
        while (await reader.ReadAsync())
        {
            current.Add(reader.GetInt64(0));
        }

        return current;
    }

    private static class Sql
    {
        public const string LockCurrent =
            """
            SELECT c.no FROM unnest($1, $2) f(no, version) JOIN customers c ON c.no = f.no AND c.version = f.version
            ORDER BY c.no FOR NO KEY UPDATE OF c
            """;

        public const string Enter =
            """
            WITH entered AS (
                INSERT INTO memberships (segment, customer, created_at, source_id) SELECT $1, n.* FROM unnest($2, $3, $4) AS n
                ON CONFLICT DO NOTHING RETURNING 1)
            INSERT INTO segment_counts (segment, members) SELECT $1, count(*) FROM entered HAVING count(*) > 0
            ON CONFLICT (segment) DO UPDATE SET members = segment_counts.members + excluded.members
            """;

        public const string TakeOutChanged =
            """
            WITH changed AS (
                SELECT f.no FROM unnest($2, $3) f(no, version) LEFT JOIN customers c ON c.no = f.no AND c.version = f.version WHERE c.no IS NULL),
            gone AS (DELETE FROM memberships m USING changed WHERE m.segment = $1 AND m.customer = changed.no),
            counted AS (
                INSERT INTO segment_counts (segment, members) SELECT $1, $4 - count(*) FROM changed
                ON CONFLICT (segment) DO UPDATE SET members = segment_counts.members + excluded.members)
            SELECT no FROM changed
            """;

        // An earlier review stays. A new version, so that a grain that holds the row in memory does not write the review away again.
        public const string BringReviewsForward =
            """
            UPDATE customers c SET review_at = f.review_at, version = c.version + 1
            FROM unnest($1, $2) f(no, review_at) WHERE c.no = f.no AND (c.review_at IS NULL OR c.review_at > f.review_at)
            """;
    }
}
