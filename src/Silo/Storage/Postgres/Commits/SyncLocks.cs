namespace Marketing.Storage.Postgres;

/// <summary>
/// A synchronisation enters the members of a chunk without holding the customers, so one of them may leave between its check and its
/// commit, and would find no membership to delete. Whoever leaves a segment that is being synchronised waits for the chunk; so does, by the trigger
/// <c>customers_placed</c>, who is given a source id.
/// </summary>
internal static class SyncLocks
{
    // Advisory locks are told apart by two numbers: what they are for (PostgresCatalogueVersions has another), and the segment.
    private const string LockSpace = "2";

    /// <summary>Enters <c>$2</c>, created at <c>$3</c> and with the source ids <c>$4</c>, into segment <c>$1</c>, alone. Whatever looks at the customers afterwards must be a statement of its own.</summary>
    public const string BeginChunk =
        $"""
        WITH alone AS MATERIALIZED (SELECT pg_advisory_xact_lock({LockSpace}, $1))
        INSERT INTO memberships (segment, customer, created_at, source_id)
        SELECT $1, n.no, n.created_at, n.source_id FROM alone, unnest($2, $3, $4) AS n (no, created_at, source_id)
        """;

    /// <summary>Waits for the chunks of those of the segments that are being synchronised. Memberships are deleted in a later statement, which sees them.</summary>
    public const string AwaitChunks =
        $"SELECT pg_advisory_xact_lock_shared({LockSpace}, s.number) FROM segments s WHERE s.number = ANY($1) AND s.synced = 0";
}
