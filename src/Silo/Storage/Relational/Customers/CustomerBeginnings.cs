using Marketing.Customers;

namespace Marketing.Storage.Relational;

/// <summary>Finds customers by how something of theirs begins: a walk over one index each, that ends where the beginning does.</summary>
internal static class CustomerBeginnings
{
    // Behind everything that begins with a text: no character is larger.
    private const string Last = "\U0010FFFF";

    private static readonly (string Column, string Condition, Func<string, string?> Begins)[] Places =
    [
        ("id", "", static text => text), ("source_id", "", static text => text), ("lower(email)", " AND email IS NOT NULL", Lower),
        ("lower(name)", " AND name IS NOT NULL AND length(name) <= 300", Lower), ("phone", " AND phone IS NOT NULL", PhoneKey.Of),
    ];

    /// <summary>The numbers of the customers, each once.</summary>
    public static async ValueTask<IReadOnlyList<long>> ReadAsync(ISqlSession session, int project, string text, int limit, CancellationToken cancellation)
    {
        var found = new List<long>();
        foreach (var (column, condition, begins) in Places)
        {
            if (found.Count < limit && begins(text) is { } beginning)
            {
                var query = new SqlQuery($"SELECT no FROM customers WHERE project = ? AND {column} >= ? AND {column} < ?{condition} ORDER BY {column} LIMIT ?")
                    .Bind(project).Bind(beginning).Bind(beginning + Last).Bind(limit);
                found.AddRange((await session.AllAsync(query.OverIndexes(), static row => row.Number(0), cancellation)).Except(found).Take(limit - found.Count));
            }
        }

        return found;
    }

    // As the engines do: letters of ASCII only.
    private static string Lower(string text) => string.Create(text.Length, text, static (into, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            into[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | 0x20) : from[i];
        }
    });
}
