using System.Text.Json;

namespace Marketing.Storage.Relational;

/// <summary>Reads of figures; each writer adds to a shard of its own where there are several.</summary>
internal sealed class TallyStore(ISqlDatabase database) : ITallyStore
{
    private readonly GroupedReads<string, (string Name, long Value)> _values = new(
        database,
        (project, names) => database.PointAsync<IReadOnlyList<(string, long)>>(async session => await session.AllAsync(
            new SqlQuery($"SELECT t.name, CAST(sum(t.value) AS bigint) FROM {session.Dialect.ForEach("?2", "tallies", "t", "t.project = ?1 AND t.name = n.value")} GROUP BY t.name")
                .Bind(project).Bind(JsonSerializer.Serialize(names)),
            static row => (row.Text(0), row.Number(1)))),
        static found => found.Name);

    public async Task<IReadOnlyDictionary<string, long>> ReadAsync(int project, IReadOnlyCollection<string> keys)
    {
        var values = keys.Distinct(StringComparer.Ordinal).ToDictionary(static key => key, static _ => 0L, StringComparer.Ordinal);
        foreach (var (key, value) in await _values.ReadAsync(project, values.Keys))
        {
            values[key] = value;
        }

        return values;
    }
}
