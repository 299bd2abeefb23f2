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

    /// <summary>When each message arrived, by its id, which both the mail and the webhook carry.</summary>
    public ILookup<string, DateTimeOffset> Arrivals() => mails.Received
        .Select(mail => (Id: mail.MessageId.Split('@')[0], At: mail.ReceivedAt))
        .Concat(hooks.Requests.Select(hook => (Id: hook.WebhookId, At: hook.ReceivedAt)))
        .ToLookup(arrival => arrival.Id, arrival => arrival.At);

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
            Unrecorded = [.. rows.Where(row => row.Status > Sent && arrivals.Contains(row.Id))],
            Twice = [.. rows.Where(row => arrivals[row.Id].Count() > 1)],
        };
    }

    /// <summary>Whether the states add up to the audience, and the figures are what the rows say, at one instant.</summary>
    /// <returns>What does not add up.</returns>
    public async Task<List<string>> ImbalancesAsync()
    {
        await using var command = database.CreateCommand(
            """
            SELECT coalesce(c.distribution, r.distribution), coalesce(c.channel, r.channel),
                ARRAY[c.audience, c.queued, c.retrying, c.sending, c.sent, c.failed, c.skipped, c.canceled, c.uncertain],
                ARRAY[r.audience, r.queued, r.retrying, r.sending, r.sent, r.failed, r.skipped, r.canceled, r.uncertain]
            FROM message_counts c FULL JOIN (
                SELECT distribution, channel, count(*) AS audience, count(*) FILTER (WHERE status = 0) AS queued, count(*) FILTER (WHERE status = 1) AS retrying,
                    count(*) FILTER (WHERE status = 2) AS sending, count(*) FILTER (WHERE status = 3) AS sent, count(*) FILTER (WHERE status = 4) AS failed,
                    count(*) FILTER (WHERE status = 5) AS skipped, count(*) FILTER (WHERE status = 6) AS canceled, count(*) FILTER (WHERE uncertain = 1) AS uncertain
                FROM (
                    SELECT m.distribution, m.channel, m.uncertain, CASE WHEN m.status <= 1 AND EXISTS (
                        SELECT 1 FROM hand_offs h WHERE h.distribution = m.distribution AND h.lane = m.lane AND m.no = ANY (h.messages)) THEN 2 ELSE m.status END AS status
                    FROM messages m
                ) s GROUP BY distribution, channel
            ) r ON r.distribution = c.distribution AND r.channel = c.channel
            """);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> wrong = [];
        while (await reader.ReadAsync())
        {
            var counted = reader.GetFieldValue<long?[]>(2);
            var real = reader.GetFieldValue<long?[]>(3).Select(value => value ?? 0).ToArray();
            if (!counted.Select(value => value ?? 0).SequenceEqual(real) || counted[0] != counted[1..8].Sum())
            {
                wrong.Add($"distribution {reader.GetInt32(0)} {reader.GetString(1)}: counted {string.Join(' ', counted)}, rows {string.Join(' ', real)}");
            }
        }

        return wrong;
    }
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

    /// <summary>Arrived, and the engine says they failed, were skipped or canceled.</summary>
    public required IReadOnlyList<LedgerRow> Unrecorded { get; init; }

    /// <summary>Arrived more than once.</summary>
    public required IReadOnlyList<LedgerRow> Twice { get; init; }

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
