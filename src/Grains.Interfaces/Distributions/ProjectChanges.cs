namespace Marketing.Distributions;

/// <summary>What whoever follows the distributions of a project is to look at.</summary>
[GenerateSerializer, Immutable, Alias("project-changes")]
public sealed record ProjectChanges
{
    /// <summary>How many distributions that go on are followed at most; the newest are.</summary>
    public const int MostFollowed = 1_000;

    /// <summary>When this was asked; what is changed later is in the next answer.</summary>
    [Id(0)] public required DateTimeOffset At { get; init; }

    /// <summary>A place in the activity of every distribution: what is recorded later stands behind it.</summary>
    [Id(1)] public required string Position { get; init; }

    /// <summary>Those that go on, those that were asked for, and those that were changed lately; without templates, with their counts.</summary>
    [Id(2)] public IReadOnlyList<Distribution> Distributions { get; init; } = [];

    /// <summary>The ids of those that go on.</summary>
    [Id(3)] public IReadOnlyList<string> Active { get; init; } = [];
}
