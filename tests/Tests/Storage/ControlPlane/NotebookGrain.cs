namespace Marketing.Storage;

[GrainType("test.notebook")]
internal sealed class NotebookGrain([PersistentState("notebook")] IPersistentState<NotebookState> store, ReminderTicks ticks)
    : Grain, INotebookGrain, IRemindable
{
    public async Task WriteAsync(string? text)
    {
        store.State.Text = text;
        await store.WriteStateAsync();
    }

    public Task<string?> ReadAsync() => Task.FromResult(store.State.Text);

    public Task ClearAsync() => store.ClearStateAsync();

    public Task RemindAsync(string name, TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder(name, due, period);

    public async Task StopRemindingAsync(string name)
    {
        var reminder = await this.GetReminder(name) ?? throw new InvalidOperationException($"No reminder '{name}'.");
        await this.UnregisterReminder(reminder);
    }

    public async Task<IReadOnlyList<string>> RemindersAsync() =>
        [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName).Order(StringComparer.Ordinal)];

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        ticks.Report(this.GetPrimaryKeyString(), reminderName);
        return Task.CompletedTask;
    }
}
