namespace Marketing.Storage.Sqlite;

/// <summary>Guards and writes of addresses that are written to once, and of what customers were given.</summary>
internal sealed class CourtesyRows(SqliteSession session)
{
    /// <summary>The first guard that does not hold.</summary>
    public Guard? Guard(Commit commit)
    {
        foreach (var claim in commit.Addresses ?? [])
        {
            if (session.Prepare(Sql.Holder).Bind(claim.Distribution).Bind(claim.Address).ReadNumber() is { } holder && holder != claim.Message)
            {
                return claim.TakenBy(holder);
            }
        }

        return commit.Contacts?.Find(contact => (session.Prepare(Sql.Version).Bind(contact.Customer).Bind(contact.Channel).ReadNumber() ?? 0) != contact.ExpectedVersion)?.Overtaken;
    }

    public void Write(Commit commit)
    {
        foreach (var claim in commit.Addresses ?? [])
        {
            session.Prepare(Sql.Claim).Bind(claim.Distribution).Bind(claim.Address).Bind(claim.Message).Run();
        }

        foreach (var contact in commit.Contacts ?? [])
        {
            session.Prepare(Sql.Note).Bind(contact.Customer).Bind(contact.Channel).Bind(contact.ExpectedVersion + 1).Bind(contact.Messages).Run();
        }
    }

    private static class Sql
    {
        public const string Holder = "SELECT message FROM message_addresses WHERE distribution = ?1 AND address = ?2";

        public const string Version = "SELECT version FROM contacts WHERE customer = ?1 AND channel = ?2";

        public const string Claim = "INSERT INTO message_addresses (distribution, address, message) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";

        // Of a customer who was erased meanwhile nothing is noted.
        public const string Note =
            """
            INSERT INTO contacts (customer, channel, version, messages) SELECT ?1, ?2, ?3, ?4 WHERE EXISTS (SELECT 1 FROM customers WHERE no = ?1)
            ON CONFLICT (customer, channel) DO UPDATE SET version = ?3, messages = ?4
            """;
    }
}
