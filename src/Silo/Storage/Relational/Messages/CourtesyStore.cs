using System.Globalization;
using System.Text.Json;

namespace Marketing.Storage.Relational;

/// <summary>Whom messages would reach once too often. Each is one statement for a batch.</summary>
internal sealed class CourtesyStore(ISqlDatabase database) : ICourtesyStore
{
    public async Task<IReadOnlyDictionary<string, long>> HoldersAsync(int distribution, IReadOnlyCollection<string> addresses)
    {
        var holders = await database.PointAsync(session => session.AllAsync(
            new SqlQuery($"SELECT a.address, a.message FROM {session.Dialect.ForEach("?2", "message_addresses", "a", "a.distribution = ?1 AND a.address = n.value")}")
                .Bind(distribution).Bind(JsonSerializer.Serialize(addresses)),
            static row => (Address: row.Text(0), Message: row.Number(1))));
        return holders.ToDictionary(static holder => holder.Address, static holder => holder.Message, StringComparer.Ordinal);
    }

    public async Task<IReadOnlyList<ContactRow>> ContactsAsync(IReadOnlyCollection<long> customers) => await database.PointAsync(session => session.AllAsync(
        new SqlQuery($"SELECT c.customer, c.channel, c.version, c.messages FROM {session.Dialect.ForEach("?1", "contacts", "c", "c.customer = CAST(n.value AS bigint)")}")
            .Bind(Texts(customers)),
        static row => new ContactRow(row.Number(0), row.Text(1), row.Number(2), row.Blob(3))));

    public async Task<IReadOnlySet<(int Distribution, long Number)>> NotHandedOverAsync(IReadOnlyCollection<(int Distribution, long Number)> messages)
    {
        var waiting = new HashSet<(int, long)>();
        foreach (var distribution in messages.ToLookup(static message => message.Distribution, static message => message.Number))
        {
            waiting.UnionWith(await database.PointAsync(session => session.AllAsync(
                new SqlQuery(
                    $"""
                    SELECT m.no FROM {session.Dialect.ForEach("?2", "messages", "m", "m.distribution = ?1 AND m.no = CAST(n.value AS bigint)")}
                    WHERE m.uncertain = 0 AND {session.Dialect.MessageStatus} NOT IN ({(int)MessageStatus.Sending}, {(int)MessageStatus.Sent})
                    """).Bind(distribution.Key).Bind(Texts(distribution)),
                row => (distribution.Key, row.Number(0)))));
        }

        return waiting;
    }

    private static string Texts(IEnumerable<long> numbers) => JsonSerializer.Serialize(numbers.Select(static number => number.ToString(CultureInfo.InvariantCulture)));
}
