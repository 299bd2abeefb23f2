namespace Marketing.Suppressions;

/// <summary>The addresses of one project that must not be written to. Keyed by project number.</summary>
[Alias("suppression-list"), GrainInterfaceType("suppression-list")]
public interface ISuppressionListGrain : IGrainWithIntegerKey
{
    /// <summary>Adds an address; honoured by every hand-off that starts after this returned. Repeating it keeps the first reason.</summary>
    /// <param name="channel">The channel type, for example <c>email</c>.</param>
    /// <param name="address">The address; compared as <see cref="Customers.EmailAddress.KeyOf"/> spells it: capital letters and the spelling of a domain do not matter.</param>
    /// <param name="reason"><c>unsubscribed</c>, <c>bounced</c>, <c>complained</c> or <c>manual</c>.</param>
    [Alias("add")]
    Task<Suppression> AddAsync(string channel, string address, string reason);

    /// <summary>Takes an address off the list, in whatever spelling it is there; false when it was not on it.</summary>
    [Alias("remove")]
    Task<bool> RemoveAsync(string channel, string address);

    /// <summary>A page, newest first.</summary>
    [Alias("list")]
    Task<Page<Suppression>> ListAsync(int limit, int page, string? channel, string? address, CancellationToken cancellation = default);

    /// <summary>
    /// What a one-click link stands for: the address behind the token, or null when the token is not ours. Reading it changes nothing.
    /// </summary>
    [Alias("read-token")]
    Task<UnsubscribeTarget?> ReadTokenAsync(string token);
}

/// <summary>An address on the list.</summary>
[GenerateSerializer, Immutable, Alias("suppression")]
public sealed record Suppression
{
    /// <summary>The channel type.</summary>
    [Id(0)] public required string Channel { get; init; }

    /// <summary>The address as <see cref="Customers.EmailAddress.KeyOf"/> spells it; those that are on the list since before that have their domain as it was given.</summary>
    [Id(1)] public required string Address { get; init; }

    /// <summary>Why.</summary>
    [Id(2)] public required string Reason { get; init; }

    /// <summary>Since when.</summary>
    [Id(3)] public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Whom an unsubscribe link is for.</summary>
/// <param name="Project">Project number.</param>
/// <param name="Channel">The channel type.</param>
/// <param name="Address">The address.</param>
[GenerateSerializer, Immutable, Alias("unsubscribe-target")]
public sealed record UnsubscribeTarget([property: Id(0)] int Project, [property: Id(1)] string Channel, [property: Id(2)] string Address);
