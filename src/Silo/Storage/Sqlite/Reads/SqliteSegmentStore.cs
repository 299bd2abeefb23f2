using Marketing.Segments;
using Marketing.Storage.Relational;

namespace Marketing.Storage.Sqlite;

/// <summary>Segments, in SQLite: this thread is the only writer, so findings are checked and written one by one.</summary>
internal sealed class SqliteSegmentStore(SqliteCommitter writer, SqliteDatabase database) : SegmentStore(database)
{
    public override Task<IReadOnlyList<long>> ApplySyncAsync(int segment, IReadOnlyList<SyncFinding> findings) =>
        writer.ExecuteAsync<IReadOnlyList<long>>(
            session =>
            {
                var stale = new List<long>();
                foreach (var finding in findings)
                {
                    if (session.Prepare(Sql.ReadVersion).Bind(finding.Customer).ReadNumber() != finding.Version)
                    {
                        stale.Add(finding.Customer);
                        continue;
                    }

                    if (finding.Member)
                    {
                        session.Customers.Enter(segment, finding.Customer, finding.CreatedAt, session.Counters);
                    }

                    if (finding.ReviewAt is { } review)
                    {
                        session.Prepare(Sql.BringReviewForward).Bind(finding.Customer).Bind(review.ToStored()).Run();
                    }
                }

                return stale;
            },
            findings.Count);

    private static class Sql
    {
        public const string ReadVersion = "SELECT version FROM customers WHERE no = ?1";

        // Guarded in the condition, so that an earlier review stays and its index is not touched. A new version, so that a grain that holds the
        // row in memory does not write the review away again.
        public const string BringReviewForward =
            "UPDATE customers SET review_at = ?2, version = version + 1 WHERE no = ?1 AND (review_at IS NULL OR review_at > ?2)";
    }
}
