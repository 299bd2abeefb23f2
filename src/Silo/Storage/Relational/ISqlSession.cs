namespace Marketing.Storage.Relational;

/// <summary>A connection in use. What SQLite does is done when a call returns; a server is waited for without holding a thread.</summary>
internal interface ISqlSession
{
    SqlDialect Dialect { get; }

    /// <summary>All rows, asked between any two whether they are still wanted.</summary>
    ValueTask<List<T>> AllAsync<T>(SqlQuery query, Func<IRow, T> row, CancellationToken cancellation = default);

    /// <summary>The first row, or the default when there is none.</summary>
    ValueTask<T?> FirstAsync<T>(SqlQuery query, Func<IRow, T> row);

    /// <summary>Runs a change; returns how many rows it changed.</summary>
    ValueTask<int> RunAsync(SqlQuery change);
}

internal static class SqlSessions
{
    extension(ISqlSession session)
    {
        /// <summary>The first column of the first row; null when there is no row or no value.</summary>
        public ValueTask<long?> NumberAsync(SqlQuery query) => session.FirstAsync(query, static row => row.NumberOrNull(0));

        /// <inheritdoc cref="NumberAsync"/>
        public ValueTask<string?> TextAsync(SqlQuery query) => session.FirstAsync(query, static row => row.TextOrNull(0));
    }
}
