using Npgsql;

namespace Marketing.Storage.Postgres;

/// <summary>Asks for the stored side of guarded rows of one table, and locks those that exist until the transaction ends.</summary>
internal sealed class GuardedRows
{
    private readonly GuardedSql _sql;
    private readonly bool _tellsGone;
    private readonly List<GuardedRow> _new = [];
    private readonly List<GuardedRow> _existing = [];

    /// <param name="sql">Of the table.</param>
    /// <param name="tellsGone">Whether rows that somebody else holds are told apart from those that are gone. Neither is waited for.</param>
    public GuardedRows(GuardedSql sql, bool tellsGone) => (_sql, _tellsGone) = (sql, tellsGone);

    public GuardedRow Guard(GuardedRow row)
    {
        (row.ExpectedVersion == 0 && row.Id is not null ? _new : _existing).Add(row);
        return row;
    }

    public void AskIn(RoundTrip trip)
    {
        if (_existing.Count > 0)
        {
            // In order of number everywhere: transactions that lock in one order never wait in a circle.
            _existing.Sort(static (one, other) => one.Number.CompareTo(other.Number));
            var command = new SetCommand<GuardedRow>(_sql.Lock, _existing).Column(row => row.Number).Column(row => row.Project);
            trip.Add(WithUnique(command), found =>
            {
                var row = _existing[(int)found.GetInt64(0) - 1];
                row.Version = found.GetInt64(1);
                row.Taken = TakenOf(row, found);
            });
        }

        if (_existing.Count > 0 && _tellsGone)
        {
            trip.Add(
                new SetCommand<GuardedRow>(_sql.Exist, _existing).Column(row => row.Number).Column(row => row.Project),
                found => _existing[(int)found.GetInt64(0) - 1].Exists = true);
        }

        if (_new.Count > 0)
        {
            var command = new SetCommand<GuardedRow>(_sql.AskFree, _new).Column(row => row.Number).Column(row => row.Project).Column(row => row.Id);
            trip.Add(WithUnique(command), found =>
            {
                var row = _new[(int)found.GetInt64(0) - 1];
                row.Version = found.GetBoolean(1) ? -1 : 0;
                row.Taken = TakenOf(row, found);
            });
        }
    }

    private SetCommand<GuardedRow> WithUnique(SetCommand<GuardedRow> command)
    {
        for (var column = 0; column < _sql.Unique.Count; column++)
        {
            var at = column;
            command.Column(row => row.Unique.Length == 0 ? null : row.Unique[at]);
        }

        return command;
    }

    private Guard.Unique? TakenOf(GuardedRow row, NpgsqlDataReader found)
    {
        for (var column = 0; column < _sql.Unique.Count; column++)
        {
            if (!found.IsDBNull(2 + column))
            {
                return new Guard.Unique(_sql.Table, _sql.Unique[column], row.Unique[column]!, found.GetString(2 + column));
            }
        }

        return null;
    }
}
