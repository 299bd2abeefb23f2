using Npgsql;

namespace Marketing.Storage.Postgres;

/// <summary>What an error of the server or of the way to it means.</summary>
internal static class PostgresFailures
{
    /// <summary>What a silo's own code and every caller is told; null when it is no outage.</summary>
    public static StorageUnavailableException? Translated(Exception failure) => failure switch
    {
        ObjectDisposedException => new StorageClosedException(failure),
        _ when failure.IsOutage || failure.IsContention || failure.IsHeldUp => new StorageUnavailableException("The database did not answer.", failure),
        _ => null,
    };

    /// <summary>For exceptions that travel to other processes, where the driver's are not known: without the cause.</summary>
    public static async Task<T> TranslatedAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure) when (Translated(failure) is { } known)
        {
            throw new StorageUnavailableException(known.Message);
        }
    }

    /// <inheritdoc cref="TranslatedAsync{T}"/>
    public static Task TranslatedAsync(Func<Task> work) => TranslatedAsync(async () =>
    {
        await work();
        return true;
    });

    // The server ended a transaction that said nothing for long: its process was frozen.
    private const string IdleTooLong = "25P03";

    extension(Exception failure)
    {
        /// <summary>
        /// The database was away, rather than the statement wrong: nothing is known of the transaction, and asking again may help.
        /// </summary>
        public bool IsOutage => failure switch
        {
            PostgresException { SqlState: var state } => !failure.IsContention
                && (state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal)
                    || state.StartsWith("57", StringComparison.Ordinal) || state.StartsWith("58", StringComparison.Ordinal)
                    || state is PostgresErrorCodes.ReadOnlySqlTransaction or IdleTooLong),
            NpgsqlException when failure.IsRefusedContent => false,
            NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException => true,
            _ => false,
        };

        /// <summary>What was to be written cannot be a value of its column or an entry of an index, or is no text at all.</summary>
        public bool IsRefusedContent => failure switch
        {
            PostgresException { SqlState: var state } => state.StartsWith("22", StringComparison.Ordinal) || state is PostgresErrorCodes.ProgramLimitExceeded,
            _ => failure is System.Text.EncoderFallbackException || failure.InnerException is System.Text.EncoderFallbackException,
        };

        /// <summary>Another transaction came in between, and this one has no effect.</summary>
        public bool IsContention => failure is PostgresException
        {
            SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected,
        };

        /// <summary>Somebody holds a lock for longer than anybody of ours does.</summary>
        public bool IsHeldUp => failure is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable };

        /// <summary>Somebody inserted a row with the same key after the guard was read, or changed one; it will be seen the next time.</summary>
        public bool IsOvertaken => failure is OvertakenException or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
    }
}
