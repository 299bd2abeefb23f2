namespace Marketing.Storage.Sqlite;

/// <summary>Guards and writes of order rows.</summary>
internal sealed class OrderWriter(SqliteSession session)
{
    public CommitOutcome Guard(int project, OrderWrite write)
    {
        var expected = write.ExpectedVersion == 0
            ? session.Prepare(Sql.HasId).Bind(project).Bind(write.Id).ReadNumber() is null
            : session.Prepare(Sql.ReadVersion).Bind(write.Number).Bind(project).ReadNumber() == write.ExpectedVersion;
        if (!expected)
        {
            return CommitOutcome.Conflict;
        }

        return write.SourceId is not null && session.Prepare(Sql.HasSource).Bind(project).Bind(write.SourceId).ReadNumber() is { } holder
            && holder != write.Number
            ? CommitOutcome.OrderSourceIdTaken
            : CommitOutcome.Durable;
    }

    public void Write(int project, OrderWrite write)
    {
        session.Prepare(write.ExpectedVersion == 0 ? Sql.Insert : Sql.Update)
            .Bind(write.Number).Bind(project).Bind(write.Id).Bind(write.SourceId).Bind(write.Customer).Bind(write.CustomerId)
            .Bind(write.ExpectedVersion + 1).Bind(write.Status).Bind(write.TotalAmount).Bind(write.CreatedAt.ToStored())
            .Bind(write.UpdatedAt.ToStored()).Bind(write.Document).Bind((long)write.Marks).Run();
    }

    private static class Sql
    {
        public const string HasId = "SELECT no FROM orders WHERE project = ?1 AND id = ?2";

        public const string HasSource = "SELECT no FROM orders WHERE project = ?1 AND source_id = ?2";

        public const string ReadVersion = "SELECT version FROM orders WHERE no = ?1 AND project = ?2";

        public const string Insert =
            """
            INSERT INTO orders (no, project, id, source_id, customer, customer_id, version, status, total_amount, created_at, updated_at, document, marks)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
            """;

        public const string Update =
            """
            UPDATE orders SET id = ?3, source_id = ?4, customer = ?5, customer_id = ?6, version = ?7, status = ?8, total_amount = ?9,
                created_at = ?10, updated_at = ?11, document = ?12, marks = ?13
            WHERE no = ?1 AND project = ?2
            """;
    }
}
