using Marketing.Customers;
using Marketing.Suppressions;
using static Marketing.Storage.Postgres.PostgresParameters;

namespace Marketing.Storage.Postgres;

/// <summary>Suppressed addresses, in PostgreSQL: all that are asked for in one statement.</summary>
internal sealed class PostgresSuppressionLookup(PostgresDatabase database) : ISuppressionLookup
{
    private const string Find = "SELECT address, reason FROM suppressions WHERE project = $1 AND channel = $2 AND address = ANY($3)";

    public async Task<IReadOnlyDictionary<string, string>> FindAsync(int project, string channel, IReadOnlyCollection<string> addresses)
    {
        List<(string Asked, string Spelling)> spellings = [.. addresses.SelectMany(EmailAddress.SpellingsOf, static (asked, spelling) => (asked, spelling))];
        var reasons = (await database.RowsAsync(
                Find, static row => (Address: row.Text(0), Reason: row.Text(1)), Int(project), Text(channel), Texts(spellings.Select(spelled => spelled.Spelling))))
            .ToDictionary(row => row.Address, row => row.Reason, StringComparer.Ordinal);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (asked, spelling) in spellings)
        {
            if (reasons.TryGetValue(spelling, out var reason))
            {
                found.TryAdd(asked, reason);
            }
        }

        return found;
    }
}
