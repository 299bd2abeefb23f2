using Marketing.Customers;
using Marketing.Suppressions;

namespace Marketing.Storage.Sqlite;

/// <summary>Suppressed addresses, in SQLite: asked for one by one, which costs no round trip.</summary>
internal sealed class SqliteSuppressionLookup(SqliteReaders readers) : ISuppressionLookup
{
    private const string Find =
        "SELECT min(CASE topic WHEN '' THEN reason ELSE '" + SuppressionRanks.OfTopic + "' END) FROM suppressions"
        + " WHERE project = ?1 AND address = ?3 AND channel IN (?2, 'all') AND topic IN ('', ?4)";

    public Task<IReadOnlyDictionary<string, string>> FindAsync(int project, string channel, IReadOnlyCollection<string> addresses, string? topic) =>
        readers.PointAsync<IReadOnlyDictionary<string, string>>(session =>
        {
            var found = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var address in addresses)
            {
                foreach (var spelling in EmailAddress.SpellingsOf(address))
                {
                    if (session.Prepare(Find).Bind(project).Bind(channel).Bind(spelling).Bind(topic ?? "").ReadText() is { } rank)
                    {
                        found[address] = SuppressionRanks.Reason(rank);
                        break;
                    }
                }
            }

            return found;
        });
}
