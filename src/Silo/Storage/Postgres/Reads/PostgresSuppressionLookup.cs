using Marketing.Customers;
using Marketing.Suppressions;
using static Marketing.Storage.Postgres.PostgresParameters;

namespace Marketing.Storage.Postgres;

/// <summary>Suppressed addresses, in PostgreSQL: all that are asked for in one statement.</summary>
internal sealed class PostgresSuppressionLookup(PostgresDatabase database) : ISuppressionLookup
{
    private const string Find =
        "SELECT address, reason, topic FROM suppressions WHERE project = $1 AND address = ANY($3) AND channel IN ($2, 'all') AND topic IN ('', $4)";

    public async Task<IReadOnlyDictionary<string, string>> FindAsync(int project, string channel, IReadOnlyCollection<string> addresses, string? topic)
    {
        List<(string Asked, string Spelling)> spellings = [.. addresses.SelectMany(EmailAddress.SpellingsOf, static (asked, spelling) => (asked, spelling))];
        var rows = await database.RowsAsync(
            Find, static row => (Address: row.Text(0), Rank: SuppressionRanks.Of(row.Text(1), row.Text(2))),
            Int(project), Text(channel), Texts(spellings.Select(spelled => spelled.Spelling)), Text(topic ?? ""));
        var ranks = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (address, rank) in rows)
        {
            ranks[address] = SuppressionRanks.Stronger(ranks.GetValueOrDefault(address), rank);
        }

        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (asked, spelling) in spellings)
        {
            if (ranks.TryGetValue(spelling, out var rank))
            {
                found.TryAdd(asked, SuppressionRanks.Reason(rank));
            }
        }

        return found;
    }
}
