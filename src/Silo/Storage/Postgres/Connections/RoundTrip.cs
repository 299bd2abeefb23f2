using Npgsql;

namespace Marketing.Storage.Postgres;

/// <summary>Statements that travel to the server and are answered together.</summary>
internal sealed class RoundTrip(NpgsqlConnection connection)
{
    private readonly List<NpgsqlBatchCommand> _commands = [];
    private readonly List<Action<NpgsqlDataReader>> _answers = [];

    public bool IsEmpty => _commands.Count == 0;

    /// <summary>Whether one of the statements answers with rows.</summary>
    public bool HasAnswers => _answers.Count > 0;

    public void Add(string sql) => _commands.Add(new NpgsqlBatchCommand(sql));

    /// <summary>Adds a statement that returns nothing.</summary>
    public void Add<TRow>(SetCommand<TRow> command) => _commands.Add(command.Command);

    /// <summary>Adds a statement whose rows are read one by one.</summary>
    public void Add<TRow>(SetCommand<TRow> command, Action<NpgsqlDataReader> readRow)
    {
        _commands.Add(command.Command);
        _answers.Add(readRow);
    }

    public async Task SendAsync()
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in _commands)
        {
            batch.BatchCommands.Add(command);
        }

        // The texts are few and the connection stays: after the first times this asks nothing of the server.
        await batch.PrepareAsync();
        await using var reader = await batch.ExecuteReaderAsync();

        // Statements without rows have no result, so the n-th result belongs to the n-th reader. A later statement's error
        // shows when its turn comes: all must be walked over.
        foreach (var readRow in _answers)
        {
            while (await reader.ReadAsync())
            {
                readRow(reader);
            }

            await reader.NextResultAsync();
        }

        _commands.Clear();
        _answers.Clear();
    }
}
