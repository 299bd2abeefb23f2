namespace Marketing.Suppressions;

/// <summary>An address on the list.</summary>
[GenerateSerializer, Immutable, Alias("suppression")]
public sealed record Suppression
{
    /// <summary>Stands for every channel in the place of a type.</summary>
    public const string AllChannels = "all";

    /// <summary>The channel type, or <see cref="AllChannels"/>.</summary>
    [Id(0)] public required string Channel { get; init; }

    /// <summary>The address as <see cref="Customers.EmailAddress.KeyOf"/> spells it; those that are on the list since before that have their domain as it was given.</summary>
    [Id(1)] public required string Address { get; init; }

    /// <summary>One of <see cref="SuppressionReasons.All"/>.</summary>
    [Id(2)] public required string Reason { get; init; }

    /// <summary>Since when.</summary>
    [Id(3)] public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The id of the topic it is about; null for everything.</summary>
    [Id(4)] public string? Topic { get; init; }
}

/// <summary>Why an address is not written to.</summary>
public static class SuppressionReasons
{
    /// <summary>Whoever reads there asked for it.</summary>
    public const string Unsubscribed = "unsubscribed";

    /// <summary>There is no such mailbox.</summary>
    public const string Bounced = "bounced";

    /// <summary>Whoever reads there reported a message as spam.</summary>
    public const string Complained = "complained";

    /// <summary>The project wants it so.</summary>
    public const string Manual = "manual";

    /// <summary>How look-ups name a suppression that is only about the topic that was asked for.</summary>
    public const string OptedOut = "opted_out";

    /// <summary>Those that are stored.</summary>
    public static readonly IReadOnlyList<string> All = [Unsubscribed, Bounced, Complained, Manual];
}

/// <summary>Which suppressions are listed; null for any.</summary>
/// <param name="Channel">The channel type, or <see cref="Suppression.AllChannels"/> for those of all.</param>
/// <param name="Address">The address, in any spelling.</param>
/// <param name="Reason">Why.</param>
/// <param name="Topic">The id of a topic.</param>
[GenerateSerializer, Immutable, Alias("suppression-filter")]
public sealed record SuppressionFilter([property: Id(0)] string? Channel = null, [property: Id(1)] string? Address = null, [property: Id(2)] string? Reason = null, [property: Id(3)] string? Topic = null);

/// <summary>The kinds of background jobs about suppressions.</summary>
public static class SuppressionJobs
{
    /// <summary>JSON array of <see cref="SuppressionRow"/>s.</summary>
    public const string Import = "SUPPRESSIONS.IMPORT";

    /// <summary>CSV of suppressions.</summary>
    public const string ImportCsv = "SUPPRESSIONS.IMPORT_CSV";
}

/// <summary>A row of an import, as it was given.</summary>
/// <param name="Channel">The channel type, or <see cref="Suppression.AllChannels"/>.</param>
/// <param name="Address">The address.</param>
/// <param name="Reason">Why; null for <see cref="SuppressionReasons.Manual"/>.</param>
/// <param name="Topic">The id of a topic, or null.</param>
public sealed record SuppressionRow(string? Channel, string? Address, string? Reason, string? Topic);
