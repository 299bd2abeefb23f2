using System.Globalization;

namespace Marketing.Storage.Sqlite;

/// <summary>
/// The order of commits: transactions that finish messages have ascending numbers, and say which those are in one row a distribution. The numbers
/// are stored, so that readers know how far they go.
/// </summary>
internal sealed class CommitPositions(SqliteSession session)
{
    private readonly Dictionary<int, List<long>> _finished = [];

    private long? _current;

    /// <summary>That of the open transaction.</summary>
    public long Current => _current ??= Next();

    /// <summary>One of its own for work that may be undone apart from the rest of the transaction.</summary>
    public long Next() => session.Prepare("UPDATE commit_position SET position = position + 1 RETURNING position").ReadFirst(static row => row.Number(0));

    /// <summary>Notes a message that the open transaction finishes at <see cref="Current"/>.</summary>
    public void Finished(int distribution, long message)
    {
        if (!_finished.TryGetValue(distribution, out var messages))
        {
            _finished.Add(distribution, messages = []);
        }

        messages.Add(message);
    }

    /// <summary>Writes what was noted, as the last of the transaction.</summary>
    public void Write()
    {
        foreach (var (distribution, messages) in _finished)
        {
            session.Prepare("INSERT INTO outcomes (distribution, recorded, messages) VALUES (?1, ?2, ?3)")
                .Bind(distribution).Bind(Current).Bind(Json(messages)).Run();
        }

        Clear();
    }

    public void Clear()
    {
        _finished.Clear();
        _current = null;
    }

    private static string Json(List<long> messages) =>
        string.Create(CultureInfo.InvariantCulture, $"[{string.Join(',', messages)}]");
}
