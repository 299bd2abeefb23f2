namespace Marketing.Storage.Relational;

/// <summary>How due messages are read, with their customer and the activity entry that triggered them.</summary>
internal static class DueMessages
{
    /// <summary>To be followed by the batch.</summary>
    public const string Columns =
        """
        m.no, m.channel, m.status, m.attempts, m.failed_at, m.occurrence, m.due_at, m.created_at, m.customer,
            c.id, c.document, a.no, a.type, a.created_at, a.group_id, a.channel, a.data
        """;

    public const string Joined =
        """
        LEFT JOIN customers c ON c.no = m.customer
        LEFT JOIN activity a ON a.no = m.occurrence AND m.occurrence > 0
        """;

    public static DueMessage Row(IRow row) => new()
    {
        Number = row.Number(0),
        Batch = row.Number(17),
        Channel = row.Text(1),
        Status = (MessageStatus)row.Int(2),
        Attempts = row.Int(3),
        FailedBefore = !row.IsNull(4),
        Occurrence = row.Number(5),
        DueAt = row.Instant(6),
        CreatedAt = row.Instant(7),
        Customer = row.Number(8),
        CustomerId = row.TextOrNull(9),
        CustomerDocument = row.BlobOrNull(10),
        Trigger = row.IsNull(11)
            ? null
            : new ActivityWrite(row.Number(11), row.Number(8), row.Text(12), row.Instant(13), row.TextOrNull(14), row.Text(15), row.Blob(16)),
    };
}
