namespace Marketing.Channels;

/// <summary>A named set of credentials of one provider, as channels see it. The same instance as long as nothing of it changes.</summary>
internal sealed record ChannelConnection
{
    /// <summary>Whose.</summary>
    public required int Project { get; init; }

    /// <summary><c>chan_…</c></summary>
    public required string Id { get; init; }

    /// <summary>The type of the channel it is for.</summary>
    public required string Type { get; init; }

    public required string Provider { get; init; }

    /// <summary>Settings and credentials.</summary>
    public required ConnectionValues Values { get; init; }

    /// <summary>Whether entries that name none take it.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Nothing is handed to it; what is owed waits.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The most that is sent in any second, over all silos; null for no limit.</summary>
    public int? PerSecond { get; init; }

    /// <summary>Why it cannot be used, whatever the message; null when it can.</summary>
    public string? Problem { get; init; }

    /// <summary>How many messages may be under way where so many connections may be open: not more than leave within half a second.</summary>
    public int AtOnce(int connections) => PerSecond is { } limit ? Math.Clamp(limit / 2, 1, connections) : connections;
}
