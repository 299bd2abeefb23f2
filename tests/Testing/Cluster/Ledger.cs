using System.Globalization;
using Npgsql;

namespace Marketing.Testing;

/// <summary>What the engine says it sent, beside what arrived.</summary>
/// <param name="database">The engine's database.</param>
/// <param name="mails">Where its mail goes.</param>
/// <param name="hooks">Where its webhooks go.</param>
public sealed class Ledger(NpgsqlDataSource database, SmtpSink mails, HttpSink hooks)
{
    private const int Sent = 3;
    private const int FirstFinal = 3;

    /// <summary>All attempts at either sink.</summary>
    public IEnumerable<SinkAttempt> Attempts => [.. mails.Attempts.All, .. hooks.Attempts.All];

    /// <summary>When each message was accepted, by its id, which both the mail and the webhook carry.</summary>
    public ILookup<string, DateTimeOffset> Arrivals() => Attempts
        .Where(attempt => attempt.AcceptedAt is not null)
        .ToLookup(attempt => attempt.Id, attempt => attempt.AcceptedAt!.Value);

    /// <summary>The attempts of one distribution.</summary>
    /// <param name="distribution">Its number, which the ids of its messages begin with.</param>
    public List<SinkAttempt> AttemptsOf(int distribution)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"msg_{distribution:x8}");
        return [.. Attempts.Where(attempt => attempt.Id.StartsWith(prefix, StringComparison.Ordinal))];
    }

    /// <summary>The number of a distribution.</summary>
    public async Task<int> NumberOfAsync(string distribution)
    {
        await using var command = database.CreateCommand("SELECT number FROM distributions WHERE id = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = distribution });
        return (int)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>All messages the engine knows.</summary>
    public async Task<List<LedgerRow>> RowsAsync()
    {
        await using var command = database.CreateCommand("SELECT distribution, no, lane, status, uncertain, epoch FROM messages ORDER BY distribution, no");
        await using var reader = await command.ExecuteReaderAsync();
        List<LedgerRow> rows = [];
        while (await reader.ReadAsync())
        {
            var (distribution, number) = (reader.GetInt32(0), reader.GetInt64(1));
            var id = string.Create(CultureInfo.InvariantCulture, $"msg_{distribution:x8}{number:x16}");
            rows.Add(new LedgerRow(id, distribution, reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4) != 0, reader.GetInt64(5)));
        }

        return rows;
    }

    /// <summary>The epoch of each lane: it changes hands when that grows.</summary>
    public async Task<Dictionary<(int Distribution, int Lane), long>> EpochsAsync()
    {
        await using var command = database.CreateCommand("SELECT distribution, lane, epoch FROM lanes");
        await using var reader = await command.ExecuteReaderAsync();
        Dictionary<(int, int), long> epochs = [];
        while (await reader.ReadAsync())
        {
            epochs[(reader.GetInt32(0), reader.GetInt32(1))] = reader.GetInt64(2);
        }

        return epochs;
    }

    /// <summary>Compares both sides. What is not finished yet is lost when nothing works on it any more, so ask at the end.</summary>
    public async Task<Comparison> CompareAsync()
    {
        var arrivals = Arrivals();
        var rows = await RowsAsync();
        var known = rows.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        return new Comparison
        {
            Rows = rows,
            Lost = [.. rows.Where(row => row.Status < FirstFinal || (row.Status == Sent && !arrivals.Contains(row.Id)))],
            Strangers = [.. arrivals.Select(arrival => arrival.Key).Where(id => !known.Contains(id))],
            Unrecorded = [.. rows.Where(row => row.Status > Sent && !row.Uncertain && arrivals.Contains(row.Id))],
            Twice = [.. rows.Where(row => arrivals[row.Id].Count() > 1)],
            Repeated = arrivals.Sum(times => times.Count() - 1),
        };
    }

    /// <inheritdoc cref="Balance.ImbalancesAsync"/>
    public Task<List<string>> ImbalancesAsync() => new Balance(database).ImbalancesAsync();
}

/// <summary>A message as the database has it.</summary>
/// <param name="Id">As receivers see it.</param>
/// <param name="Distribution">Its number.</param>
/// <param name="Lane">Of the distribution.</param>
/// <param name="Status">As stored.</param>
/// <param name="Uncertain">Whether a hand-off of it was interrupted.</param>
/// <param name="Epoch">Of the lane's owner that handed it over last.</param>
public sealed record LedgerRow(string Id, int Distribution, int Lane, int Status, bool Uncertain, long Epoch);

/// <summary>What a <see cref="Ledger"/> found.</summary>
public sealed record Comparison
{
    public required IReadOnlyList<LedgerRow> Rows { get; init; }

    /// <summary>Owed but never arrived.</summary>
    public required IReadOnlyList<LedgerRow> Lost { get; init; }

    /// <summary>Arrived but never owed.</summary>
    public required IReadOnlyList<string> Strangers { get; init; }

    /// <summary>Arrived, and the engine says for certain that they failed, were skipped or canceled.</summary>
    public required IReadOnlyList<LedgerRow> Unrecorded { get; init; }

    /// <summary>Arrived more than once.</summary>
    public required IReadOnlyList<LedgerRow> Twice { get; init; }

    /// <summary>Arrivals beyond the first of each.</summary>
    public required int Repeated { get; init; }

    /// <summary>What a crash interrupted during hand-off.</summary>
    public IEnumerable<LedgerRow> Uncertain => Rows.Where(row => row.Uncertain);

    /// <summary>What must never be, whatever was killed. Empty is good.</summary>
    public IReadOnlyList<string> Violations =>
    [
        .. Lost.Select(row => $"lost: {row}"),
        .. Strangers.Select(id => $"never owed: {id}"),
        .. Unrecorded.Select(row => $"arrived, but recorded as not: {row}"),
        .. Twice.Where(row => !row.Uncertain).Select(row => $"twice without being uncertain: {row}"),
    ];
}
