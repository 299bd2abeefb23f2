using Npgsql;
using static Marketing.Storage.Postgres.PostgresParameters;

namespace Marketing.Storage.Postgres;

/// <summary>
/// Versions in the database. A silo that advances one waits for the transactions that were checked against the one before: these hold a shared
/// lock on the project's catalogue.
/// </summary>
internal sealed class PostgresCatalogueVersions(PostgresDatabase database) : ICatalogueVersions
{
    /// <summary>Where there is no row yet.</summary>
    public const int First = 1;

    // Advisory locks are told apart by two numbers: what they are for (SyncLocks has another), and the project.
    private const string LockSpace = "1";

    /// <summary>Taken before <see cref="Current"/> is read, which must be a statement of its own: it sees what was committed while this waited.</summary>
    public const string LockShared = $"SELECT pg_advisory_xact_lock_shared({LockSpace}, n.project) FROM unnest($1) AS n (project)";

    public const string Current = "SELECT project, version FROM catalogue_versions WHERE project = ANY($1)";

    private const string Lock = $"SELECT pg_advisory_xact_lock({LockSpace}, $1)";

    private const string Advance =
        """
        INSERT INTO catalogue_versions AS v (project, version) VALUES ($1, 2)
        ON CONFLICT (project) DO UPDATE SET version = v.version + 1
        """;

    public async Task<long> ReadAsync(int project) =>
        await database.RowsAsync(Current, static row => row.Number(1), Ints([project])) is [var version] ? version : First;

    public Task AdvanceAsync(int project) => database.AtOnceAsync(() =>
    [
        new NpgsqlBatchCommand(Lock) { Parameters = { Int(project) } },
        new NpgsqlBatchCommand(Advance) { Parameters = { Int(project) } },
    ]);
}
