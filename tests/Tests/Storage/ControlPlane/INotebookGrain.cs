namespace Marketing.Storage;

/// <summary>A grain that only remembers and reminds, to see the control plane from where grains stand.</summary>
[Alias("test.notebook"), GrainInterfaceType("test.notebook")]
public interface INotebookGrain : IGrainWithStringKey
{
    [Alias("write")]
    Task WriteAsync(string? text);

    [Alias("read")]
    Task<string?> ReadAsync();

    [Alias("clear")]
    Task ClearAsync();

    [Alias("remind")]
    Task RemindAsync(string name, TimeSpan due, TimeSpan period);

    [Alias("stop-reminding")]
    Task StopRemindingAsync(string name);

    [Alias("reminders")]
    Task<IReadOnlyList<string>> RemindersAsync();
}
