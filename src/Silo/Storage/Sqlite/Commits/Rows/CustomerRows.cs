namespace Marketing.Storage.Sqlite;

/// <summary>Guards and writes of customer rows. There is one writer, so what a guard has read still holds when the row is written.</summary>
internal sealed class CustomerRows(SqliteSession session)
{
    // An event changes version, evaluation and document; the indexed columns rarely. Naming one in an UPDATE rewrites its index
    // even when the value stays, which would cost a random page each.
    private const int UpdatedAt = 1;
    private const int ReviewAt = 2;
    private const int Profile = 4;

    private static readonly string[] Updates = [.. Enumerable.Range(0, 8).Select(ComposeUpdate)];

    private int _changes;

    /// <summary>Whether the write may happen; remembers what it changes for the write that follows.</summary>
    public Guard? Guard(int project, CustomerWrite write)
    {
        if (write.ExpectedVersion == 0)
        {
            return session.Prepare(Sql.HasId).Bind(project).Bind(write.Id).ReadNumber() is not null
                ? new Guard.Version(CustomerWrite.Table, write.Number)
                : GuardSource(project, write);
        }

        var current = session.Prepare(Sql.Read).Bind(write.Number).Bind(project);
        if (!current.Read())
        {
            return new Guard.Version(CustomerWrite.Table, write.Number);
        }

        var sameSource = current.Holds(1, write.SourceId);
        _changes = (current.NumberOrNull(2) == write.UpdatedAt.ToStored() ? 0 : UpdatedAt)
            | (current.NumberOrNull(3) == write.ReviewAt.ToStored() ? 0 : ReviewAt)
            | (sameSource && current.Holds(4, write.Name) && current.Holds(5, write.Email) && current.Holds(6, write.City)
                && current.Number(7) == write.CreatedAt.ToStored() && current.Holds(8, write.Phone) ? 0 : Profile);
        var expected = current.Number(0) == write.ExpectedVersion;
        current.Reset();

        return !expected ? new Guard.Version(CustomerWrite.Table, write.Number) : sameSource ? null : GuardSource(project, write);
    }

    /// <summary>Writes the row whose guard was the last one asked.</summary>
    public void Write(int project, CustomerWrite write, CounterDeltas counters)
    {
        if (write.ExpectedVersion == 0)
        {
            session.Prepare(Sql.Insert)
                .Bind(write.Number).Bind(project).Bind(write.Id).Bind(write.SourceId).Bind(write.Name).Bind(write.Email).Bind(write.City)
                .Bind(write.CreatedAt.ToStored()).Bind(write.UpdatedAt.ToStored()).Bind(write.EvaluatedAt.ToStored())
                .Bind(write.ReviewAt.ToStored()).Bind(write.Document).Bind(write.Phone).Run();
            counters.Customers(project, 1);
            return;
        }

        var update = session.Prepare(Updates[_changes]);
        if ((_changes & UpdatedAt) != 0)
        {
            update.Bind(write.UpdatedAt.ToStored());
        }

        if ((_changes & ReviewAt) != 0)
        {
            update.Bind(write.ReviewAt.ToStored());
        }

        if ((_changes & Profile) != 0)
        {
            update.Bind(write.SourceId).Bind(write.Name).Bind(write.Email).Bind(write.City).Bind(write.CreatedAt.ToStored()).Bind(write.Phone);
        }

        update.Bind(write.ExpectedVersion + 1).Bind(write.EvaluatedAt.ToStored()).Bind(write.Document).Bind(write.Number).Run();
    }

    public Guard? Guard(int project, CustomerRemoval removal) =>
        session.Prepare(Sql.ReadVersion).Bind(removal.Number).Bind(project).ReadNumber() == removal.ExpectedVersion
            ? null
            : new Guard.Version(CustomerWrite.Table, removal.Number);

    public void Remove(int project, CustomerRemoval removal, CounterDeltas counters)
    {
        counters.Customers(project, -1);
        session.Prepare(Sql.Delete).Bind(removal.Number).Run();
        session.Prepare(Sql.DeleteActivity).Bind(removal.Number).Run();
        session.Prepare(Sql.DeleteContacts).Bind(removal.Number).Run();
        session.Prepare(Sql.DeleteAttempts).Bind(removal.Number).Run();
        foreach (var segment in removal.Segments)
        {
            Leave(segment, removal.Number, counters);
        }
    }

    public void Write(in MembershipWrite membership, CustomerWrite? customer, CounterDeltas counters)
    {
        if (membership.Enters)
        {
            Enter(membership.Segment, membership.Customer, customer?.Number == membership.Customer ? customer.CreatedAt : null, counters);
        }
        else
        {
            Leave(membership.Segment, membership.Customer, counters);
        }
    }

    /// <summary>Makes a customer a member.</summary>
    /// <param name="segment">Of which segment.</param>
    /// <param name="customer">Who.</param>
    /// <param name="createdAt">When the customer was created; read where it is not known.</param>
    /// <param name="counters">Counts the members.</param>
    public void Enter(int segment, long customer, DateTimeOffset? createdAt, CounterDeltas counters)
    {
        if (session.Prepare(Sql.Enter).Bind(segment).Bind(customer).Bind(createdAt.ToStored()).Run() == 1)
        {
            counters.Members(segment, 1);
        }
    }

    private void Leave(int segment, long customer, CounterDeltas counters)
    {
        if (session.Prepare(Sql.Leave).Bind(segment).Bind(customer).Run() == 1)
        {
            counters.Members(segment, -1);
        }
    }

    private Guard.Unique? GuardSource(int project, CustomerWrite write) =>
        write.SourceId is not null && session.Prepare(Sql.HasSource).Bind(project).Bind(write.SourceId).Bind(write.Number).ReadText() is { } holder
            ? new Guard.Unique(CustomerWrite.Table, "source_id", write.SourceId, holder)
            : null;

    private static string ComposeUpdate(int changes) =>
        "UPDATE customers SET "
        + ((changes & UpdatedAt) != 0 ? "updated_at = ?, " : string.Empty)
        + ((changes & ReviewAt) != 0 ? "review_at = ?, " : string.Empty)
        + ((changes & Profile) != 0 ? "source_id = ?, name = ?, email = ?, city = ?, created_at = ?, phone = ?, " : string.Empty)
        + "version = ?, evaluated_at = ?, document = ? WHERE no = ?";

    private static class Sql
    {
        public const string Read =
            "SELECT version, source_id, updated_at, review_at, name, email, city, created_at, phone FROM customers WHERE no = ?1 AND project = ?2";

        public const string ReadVersion = "SELECT version FROM customers WHERE no = ?1 AND project = ?2";

        public const string HasId = "SELECT no FROM customers WHERE project = ?1 AND id = ?2";

        public const string HasSource = "SELECT id FROM customers WHERE project = ?1 AND source_id = ?2 AND no <> ?3";

        public const string Insert =
            """
            INSERT INTO customers (no, project, id, source_id, version, name, email, city, created_at, updated_at, evaluated_at, review_at, document, phone)
            VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
            """;

        public const string Delete = "DELETE FROM customers WHERE no = ?1";

        public const string DeleteContacts = "DELETE FROM contacts WHERE customer = ?1";

        // What was answered may name the customer.
        public const string DeleteAttempts =
            """
            DELETE FROM message_attempts WHERE no IN (
                SELECT a.no FROM messages m INDEXED BY messages_owed_once CROSS JOIN message_attempts a ON a.distribution = m.distribution AND a.message = m.no
                WHERE m.customer = ?1)
            """;

        public const string DeleteActivity = "DELETE FROM activity WHERE customer = ?1";

        public const string Enter =
            """
            INSERT INTO memberships (segment, customer, created_at, source_id)
            VALUES (?1, ?2, coalesce(?3, (SELECT created_at FROM customers WHERE no = ?2), 0), (SELECT source_id FROM customers WHERE no = ?2))
            ON CONFLICT DO NOTHING
            """;

        public const string Leave = "DELETE FROM memberships WHERE segment = ?1 AND customer = ?2";
    }
}
