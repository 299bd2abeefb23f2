namespace Marketing.Storage.Postgres;

/// <summary>Reminders, with the server's failures told apart: the service that keeps them may be on another silo than the grain that asks.</summary>
internal sealed class PostgresReminders(IReminderTable table) : IReminderTable
{
    public Task StartAsync(CancellationToken cancellationToken = default) => table.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken = default) => table.StopAsync(cancellationToken);

    public Task<ReminderTableData> ReadRows(GrainId grainId) => PostgresFailures.TranslatedAsync(() => table.ReadRows(grainId));

    public Task<ReminderTableData> ReadRows(uint begin, uint end) => PostgresFailures.TranslatedAsync(() => table.ReadRows(begin, end));

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        PostgresFailures.TranslatedAsync(() => table.ReadRow(grainId, reminderName));

    public Task<string?> UpsertRow(ReminderEntry entry) => PostgresFailures.TranslatedAsync(() => table.UpsertRow(entry));

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
        PostgresFailures.TranslatedAsync(() => table.RemoveRow(grainId, reminderName, eTag));

    public Task TestOnlyClearTable() => table.TestOnlyClearTable();
}
