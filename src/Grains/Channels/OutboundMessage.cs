namespace Marketing.Channels;

/// <summary>What started the message.</summary>
[GenerateSerializer, Immutable, Alias("trigger-occurrence")]
internal sealed record TriggerOccurrence
{
    /// <summary>Event id, <c>evcus_…</c>.</summary>
    [Id(0)] public required string EventId { get; init; }

    /// <summary>Event type, for example <c>customer.order.paid</c> or <c>manual_distribution_schedule</c>.</summary>
    [Id(1)] public required string Type { get; init; }

    [Id(2)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Request id of the call that caused it, <c>v-…</c>.</summary>
    [Id(3)] public string? GroupId { get; init; }

    /// <summary><c>API</c>, <c>CLIENT_API</c>, <c>USER_PORTAL</c> or <c>INTERNAL</c>.</summary>
    [Id(4)] public string Source { get; init; } = "INTERNAL";

    /// <summary>A JSON object, UTF-8, with the objects of the event besides the customer: <c>{"order":{…}}</c>, <c>{"segment":{…}}</c>, <c>{"event":{…}}</c>.</summary>
    [Id(5)] public ReadOnlyMemory<byte> Data { get; init; } = "{}"u8.ToArray();
}

/// <summary>What a mail is to tell of its reader.</summary>
/// <param name="Opens">That it was opened.</param>
/// <param name="Clicks">That a link was followed.</param>
[GenerateSerializer, Immutable, Alias("message-tracking")]
internal sealed record MessageTracking([property: Id(0)] bool Opens, [property: Id(1)] bool Clicks);

/// <summary>One message on its way out.</summary>
[GenerateSerializer, Immutable, Alias("outbound-message")]
internal sealed record OutboundMessage
{
    /// <summary>Stable over retries, crashes and resends: <c>msg_…</c>. Becomes the Message-ID and the webhook id.</summary>
    [Id(0)] public required string MessageId { get; init; }

    [Id(1)] public required string ProjectId { get; init; }

    [Id(2)] public required string DistributionId { get; init; }

    [Id(3)] public required string DistributionName { get; init; }

    /// <summary>The distribution's entry for this channel; the same instance for all messages of one version of the distribution.</summary>
    [Id(4)] public required ChannelDefinition Channel { get; init; }

    [Id(5)] public required Recipient Recipient { get; init; }

    [Id(6)] public required TriggerOccurrence Trigger { get; init; }

    /// <summary>Where the one-click unsubscribe of this message points; null for a test send.</summary>
    [Id(7)] public string? UnsubscribeUrl { get; init; }

    /// <summary>Send here instead of the recipient's own address: a test send.</summary>
    [Id(8)] public string? AddressOverride { get; init; }

    /// <summary>1 for the first attempt.</summary>
    [Id(9)] public int Attempt { get; init; } = 1;

    /// <summary>IANA name of the project's time zone, in which templates print dates.</summary>
    [Id(10)] public string TimeZone { get; init; } = "UTC";

    /// <summary>The project's number, by which its connections are found.</summary>
    [Id(11)] public int Project { get; init; }

    /// <summary>What its mail is to tell of its reader; null for nothing.</summary>
    [Id(12)] public MessageTracking? Tracking { get; init; }

    /// <summary>The id of the topic it is about; null for none.</summary>
    [Id(13)] public string? Topic { get; init; }
}
