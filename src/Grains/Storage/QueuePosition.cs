namespace Marketing.Storage;

/// <summary>A place in a lane's queue, which is in order of due time and number. The default is its start.</summary>
internal readonly record struct QueuePosition(DateTimeOffset DueAt, long Number)
{
    public static QueuePosition Start => default;

    public static QueuePosition Of(DueMessage message) => new(message.DueAt, message.Number);
}
