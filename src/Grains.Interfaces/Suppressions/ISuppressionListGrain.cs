namespace Marketing.Suppressions;

/// <summary>The addresses of one project that must not be written to. Keyed by project number.</summary>
[Alias("suppression-list"), GrainInterfaceType("suppression-list")]
public interface ISuppressionListGrain : IGrainWithIntegerKey
{
    /// <summary>Adds an address; honoured by every hand-off that starts after this returned. Repeating it keeps the first reason, but any other replaces <c>unsubscribed</c>.</summary>
    /// <param name="channel">The channel type, for example <c>email</c>, or <see cref="Suppression.AllChannels"/>.</param>
    /// <param name="address">The address; compared as <see cref="Customers.EmailAddress.KeyOf"/> spells it: capital letters and the spelling of a domain do not matter. Numbers are compared as they are dialled.</param>
    /// <param name="reason">One of <see cref="SuppressionReasons.All"/>.</param>
    /// <param name="topic">The id of the topic it is about; null for everything.</param>
    [Alias("add")]
    Task<Suppression> AddAsync(string channel, string address, string reason, string? topic = null);

    /// <summary>Takes an address off the list, in whatever spelling it is there; false when it was not on it.</summary>
    /// <param name="channel">As it was added: what is suppressed for all channels stays so when it is removed for one.</param>
    /// <param name="address">The address.</param>
    /// <param name="topic">The id of a topic; null for what is about everything.</param>
    /// <param name="reason">Only where this is the reason; null for any.</param>
    [Alias("remove")]
    Task<bool> RemoveAsync(string channel, string address, string? topic = null, string? reason = null);

    /// <summary>A page, newest first.</summary>
    [Alias("list")]
    Task<Page<Suppression>> ListAsync(int limit, int page, SuppressionFilter filter, CancellationToken cancellation = default);

    /// <summary>
    /// What a one-click link stands for: the address behind the token, or null when the token is not ours. Reading it changes nothing.
    /// </summary>
    [Alias("read-token")]
    Task<UnsubscribeTarget?> ReadTokenAsync(string token);

    /// <summary>What is chosen at present on the page behind a token, or null when the token is not ours. Reading it changes nothing.</summary>
    [Alias("preferences")]
    Task<Preferences?> PreferencesAsync(string token);

    /// <summary>
    /// Chooses what to be written about, all of it at once. Who was taken off for another reason than that they asked stays off. Repeating it changes nothing. Null when the token is not ours.
    /// </summary>
    [Alias("choose")]
    Task<Preferences?> ChooseAsync(string token, PreferenceChoice choice);
}

/// <summary>Whom an unsubscribe link is for.</summary>
/// <param name="Project">Project number.</param>
/// <param name="Channel">The channel type.</param>
/// <param name="Address">The address.</param>
/// <param name="Topic">The id of the topic of the message it is in; null where that has none, or there is no such topic any more.</param>
[GenerateSerializer, Immutable, Alias("unsubscribe-target")]
public sealed record UnsubscribeTarget([property: Id(0)] int Project, [property: Id(1)] string Channel, [property: Id(2)] string Address, [property: Id(3)] string? Topic = null);
