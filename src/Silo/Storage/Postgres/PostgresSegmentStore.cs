using Marketing.Storage.Relational;
using Npgsql;
using NpgsqlTypes;

namespace Marketing.Storage.Postgres;

/// <summary>Segments, in PostgreSQL: findings are checked and written by sets, under locks on the customers they are about.</summary>
internal sealed class PostgresSegmentStore(NpgsqlDataSource source, PostgresDatabase database) : SegmentStore(database)
{
    public override async Task<IReadOnlyList<long>> ApplySyncAsync(int segment, IReadOnlyList<SyncFinding> findings)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryApplyAsync(segment, findings);
            }
            catch (PostgresException conflict) when (PostgresFailures.IsConflict(conflict) && attempt < PostgresFailures.MostAttempts)
            {
                // Rolled back as a whole because another transaction was in the way.
            }
            catch (NpgsqlException failure) when (PostgresFailures.IsOutage(failure))
            {
                throw new StorageUnavailableException("The database did not answer.", failure);
            }
        }
    }

    private async Task<IReadOnlyList<long>> TryApplyAsync(int segment, IReadOnlyList<SyncFinding> findings)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var current = await CurrentAsync(connection, findings);
        var members = new List<long>();
        var reviewed = new List<long>();
        var reviews = new List<long>();
        foreach (var finding in findings.Where(finding => current.Contains(finding.Customer)))
        {
            if (finding.Member)
            {
                members.Add(finding.Customer);
            }

            if (finding.ReviewAt is { } review)
            {
                reviewed.Add(finding.Customer);
                reviews.Add(review.ToStored());
            }
        }

        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(Sql.Enter) { Parameters = { Number(segment), Numbers(members) } },
                new NpgsqlBatchCommand(Sql.BringReviewsForward) { Parameters = { Numbers(reviewed), Numbers(reviews) } },
            },
        };
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
        return [.. findings.Select(finding => finding.Customer).Where(customer => !current.Contains(customer))];
    }

    // Those still at the version that was looked at, locked until the end of the transaction.
    private static async Task<HashSet<long>> CurrentAsync(NpgsqlConnection connection, IReadOnlyList<SyncFinding> findings)
    {
        await using var command = new NpgsqlCommand(Sql.LockCurrent, connection)
        {
            Parameters = { Numbers(findings.Select(finding => finding.Customer)), Numbers(findings.Select(finding => finding.Version)) },
        };
        await using var reader = await command.ExecuteReaderAsync();
        var current = new HashSet<long>(findings.Count);
        while (await reader.ReadAsync())
        {
            current.Add(reader.GetInt64(0));
        }

        return current;
    }

    private static NpgsqlParameter<int> Number(int value) => new() { TypedValue = value };

    private static NpgsqlParameter<long[]> Numbers(IEnumerable<long> values) =>
        new() { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };

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
                INSERT INTO memberships (segment, customer) SELECT $1, no FROM unnest($2) no ON CONFLICT DO NOTHING RETURNING 1)
            INSERT INTO segment_counts (segment, members) SELECT $1, count(*) FROM entered HAVING count(*) > 0
            ON CONFLICT (segment) DO UPDATE SET members = segment_counts.members + excluded.members
            """;

        // An earlier review stays. A new version, so that whoever holds the row in memory does not write the review away again.
        public const string BringReviewsForward =
            """
            UPDATE customers c SET review_at = f.review_at, version = c.version + 1
            FROM unnest($1, $2) f(no, review_at) WHERE c.no = f.no AND (c.review_at IS NULL OR c.review_at > f.review_at)
            """;
    }
}
