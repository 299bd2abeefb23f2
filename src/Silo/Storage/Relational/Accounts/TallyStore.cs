using System.Text.Json;

namespace Marketing.Storage.Relational;

/// <summary>Reads of figures; each writer adds to a shard of its own where there are several.</summary>
internal sealed class TallyStore(ISqlDatabase database) : ITallyStore
{
    public async Task<IReadOnlyDictionary<string, long>> ReadAsync(int project, IReadOnlyCollection<string> keys)
    {
        var values = keys.Distinct(StringComparer.Ordinal).ToDictionary(static key => key, static _ => 0L, StringComparer.Ordinal);
        var found = await database.PointAsync(session => session.AllAsync(
            new SqlQuery(
                $"SELECT t.name, CAST(sum(t.value) AS bigint) FROM {session.Dialect.Elements("?2")} JOIN tallies t ON t.project = ?1 AND t.name = n.value GROUP BY t.name")
                .Bind(project).Bind(JsonSerializer.Serialize(values.Keys)),
            static row => (row.Text(0), row.Number(1))));
        foreach (var (key, value) in found)
        {
            values[key] = value;
        }

        return values;
    }
}
