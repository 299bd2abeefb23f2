using Microsoft.Data.Sqlite;

namespace Marketing.Storage.Sqlite;

/// <summary>
/// A connection that waits for its place and takes the settings of its source whenever it is opened. It is done here and not
/// in the source because a <see cref="System.Data.Common.DbDataSource"/> opens the connections of its commands by itself.
/// </summary>
internal sealed class SqliteSourceConnection(SqliteDataSource source) : SqliteConnection(source.ConnectionString)
{
    private int _inLine;

    public override void Open()
    {
        source.Line?.Wait();
        OpenInTurn();
    }

    public override Task OpenAsync(CancellationToken cancellationToken)
    {
        // SQLite does no asynchronous I/O. A caller that does not insist on its own context, as Orleans' providers do not,
        // continues on the pool thread the connection was opened on, so the disk does not hold up a grain's turn.
        return Task.Run(
            async () =>
            {
                if (source.Line is { } line)
                {
                    await line.WaitAsync(cancellationToken);
                }

                OpenInTurn();
            },
            cancellationToken);
    }

    public override void Close()
    {
        base.Close();

        // Disposing closes again what was closed by hand; only the first gives the place back.
        if (Interlocked.Exchange(ref _inLine, 0) == 1)
        {
            source.Line?.Release();
        }
    }

    private void OpenInTurn()
    {
        _inLine = 1;
        try
        {
            base.Open();
            source.Prepare(this);
        }
        catch
        {
            Close();
            throw;
        }
    }
}
