namespace Marketing.Suppressions;

/// <summary>What an address is written about, as its reader chose.</summary>
[GenerateSerializer, Immutable, Alias("preferences")]
public sealed record Preferences
{
    /// <summary>The channel type.</summary>
    [Id(0)] public required string Channel { get; init; }

    /// <summary>The address.</summary>
    [Id(1)] public required string Address { get; init; }

    /// <summary>Whether it is written to at all.</summary>
    [Id(2)] public required bool IsOn { get; init; }

    /// <summary>Whether it is not written to for a reason that the reader cannot take back: mail came back, was reported as spam, or the project wants it so.</summary>
    [Id(3)] public bool IsLocked { get; init; }

    /// <summary>All topics of the project.</summary>
    [Id(4)] public required IReadOnlyList<TopicPreference> Topics { get; init; }

    /// <summary>Who writes; null where the project does not say.</summary>
    [Id(5)] public string? Brand { get; init; }
}

/// <summary>A topic, and whether it is wanted.</summary>
/// <param name="Id"><c>top_…</c></param>
/// <param name="Name">The name.</param>
/// <param name="Description">A sentence about it.</param>
/// <param name="IsOn">Whether it is wanted.</param>
[GenerateSerializer, Immutable, Alias("topic-preference")]
public sealed record TopicPreference([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] string? Description, [property: Id(3)] bool IsOn);

/// <summary>What a reader chooses.</summary>
/// <param name="IsOn">Whether to be written to at all.</param>
/// <param name="Shown">Ids of the topics there were to choose from; what is made of others is not changed.</param>
/// <param name="Wanted">Those of them that are wanted.</param>
[GenerateSerializer, Immutable, Alias("preference-choice")]
public sealed record PreferenceChoice([property: Id(0)] bool IsOn, [property: Id(1)] IReadOnlyList<string> Shown, [property: Id(2)] IReadOnlyList<string> Wanted);
