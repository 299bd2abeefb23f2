using System.Globalization;
using System.Text.Json;
using Marketing.Distributions.Evidence;

namespace Marketing.Storage.Relational;

/// <summary>Reads of single messages.</summary>
internal sealed class EvidenceStore(ISqlDatabase database) : IEvidenceStore
{
    private const string ByKey = " WHERE m.distribution = ?1 AND m.no = ?2";

    public Task<StoredMessage?> FindAsync(int distribution, long number) => database.PointAsync<StoredMessage?>(async session =>
    {
        var view = await session.FirstAsync(
            new SqlQuery($"{MessageViews.Select(session.Dialect)} FROM messages m{MessageViews.Customer}{ByKey}").Bind(distribution).Bind(number), MessageViews.Row);
        var source = await session.FirstAsync(
            new SqlQuery($"SELECT {DueMessages.Columns}, 0 FROM messages m {DueMessages.Joined}{ByKey}").Bind(distribution).Bind(number), DueMessages.Row);
        return view is null || source is null ? null : new StoredMessage(view, source);
    });

    public async Task<IReadOnlyList<StoredAttempt>> AttemptsAsync(int distribution, long number) => await database.PointAsync(session => session.AllAsync(
        new SqlQuery("SELECT began_at, took, status, answer FROM message_attempts WHERE distribution = ?1 AND message = ?2 ORDER BY no").Bind(distribution).Bind(number),
        static row => new StoredAttempt(row.Instant(0), TimeSpan.FromMilliseconds(row.Number(1)), (MessageStatus)row.Int(2), row.TextOrNull(3))));

    public async Task<IReadOnlyList<StoredRecipient>> RecipientsAsync(int distribution, IReadOnlyCollection<long> numbers) => await database.PointAsync(session => session.AllAsync(
        new SqlQuery(
            $"""
            SELECT m.no, c.id, c.document FROM {session.Dialect.ForEach("?2", "messages", "m", "m.distribution = ?1 AND m.no = CAST(n.value AS bigint)")}
            JOIN customers c ON c.no = m.customer
            """).Bind(distribution).Bind(JsonSerializer.Serialize(numbers.Select(static number => number.ToString(CultureInfo.InvariantCulture)))),
        static row => new StoredRecipient(row.Number(0), row.Text(1), row.Blob(2))));
}
