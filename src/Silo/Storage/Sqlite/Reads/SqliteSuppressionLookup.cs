using Marketing.Customers;
using Marketing.Suppressions;

namespace Marketing.Storage.Sqlite;

/// <summary>Suppressed addresses, in SQLite: asked for one by one, which costs no round trip.</summary>
internal sealed class SqliteSuppressionLookup(SqliteReaders readers) : ISuppressionLookup
{
    private const string Find = "SELECT reason FROM suppressions WHERE project = ?1 AND channel = ?2 AND address = ?3";

    public Task<IReadOnlyDictionary<string, string>> FindAsync(int project, string channel, IReadOnlyCollection<string> addresses) =>
        readers.PointAsync<IReadOnlyDictionary<string, string>>(session =>
        {
            var found = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var address in addresses)
            {
                foreach (var spelling in EmailAddress.SpellingsOf(address))
                {
                    if (session.Prepare(Find).Bind(project).Bind(channel).Bind(spelling).ReadText() is { } reason)
                    {
                        found[address] = reason;
                        break;
                    }
                }
            }

            return found;
        });
}
