using Npgsql;

namespace Marketing.Storage.Postgres;

/// <summary>What a failure of the server means for the caller.</summary>
internal static class PostgresFailures
{
    /// <summary>How often a transaction is tried that others were in the way of.</summary>
    public const int MostAttempts = 3;

    /// <summary>Serialisation failure or deadlock: rolled back, and may do better at once.</summary>
    public static bool IsConflict(PostgresException failure) =>
        failure.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    /// <summary>The server is away, ending, or has no connection to spare; nothing is wrong with the statement.</summary>
    public static bool IsOutage(NpgsqlException failure) => failure.IsTransient || failure is not PostgresException;
}
