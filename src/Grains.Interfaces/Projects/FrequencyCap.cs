namespace Marketing.Projects;

/// <summary>How many messages a customer gets through a channel within a time that moves along. Distributions that are transactional do not mind, and are not counted.</summary>
/// <param name="Channel">The type of the channel; null for each channel by itself.</param>
/// <param name="Messages">At most so many, 1 to <see cref="MostMessages"/>.</param>
/// <param name="Within">In this time, an hour to <see cref="Longest"/>.</param>
[GenerateSerializer, Immutable, Alias("frequency-cap")]
public sealed record FrequencyCap([property: Id(0)] string? Channel, [property: Id(1)] int Messages, [property: Id(2)] TimeSpan Within)
{
    /// <summary>The most caps of a project.</summary>
    public const int MostCaps = 10;

    /// <summary>The most messages a cap may name.</summary>
    public const int MostMessages = 100;

    /// <summary>The shortest time of a cap.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromHours(1);

    /// <summary>The longest time of a cap.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    /// <summary>Whether messages through a channel count.</summary>
    public bool Concerns(string channel) => Channel is null || Channel == channel;
}
