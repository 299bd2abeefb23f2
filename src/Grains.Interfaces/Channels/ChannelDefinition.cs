namespace Marketing.Channels;

/// <summary>One delivery channel of a distribution.</summary>
[GenerateSerializer, Immutable, Alias("distribution-draft.channel")]
public sealed record ChannelDefinition
{
    /// <summary>The channel, for example <c>email</c>; see the catalogue.</summary>
    [Id(0)] public string? Type { get; init; }

    /// <summary>Which connection of that type, <c>chan_…</c>; absent means the project's default, or what is built in where the project has none.</summary>
    [Id(1)] public string? Connection { get; init; }

    /// <summary>The content.</summary>
    [Id(2)] public ChannelTemplate? Template { get; init; }
}

/// <summary>
/// The content of a message. Strings are Liquid templates unless said otherwise. Email reads the first group, webhooks the second, text messages <c>text</c> and the last.
/// </summary>
[GenerateSerializer, Immutable, Alias("distribution-draft.template")]
public sealed record ChannelTemplate
{
    /// <summary>Email: subject line.</summary>
    [Id(0)] public string? Subject { get; init; }

    /// <summary>Email: HTML part; values are HTML-escaped unless piped through <c>raw</c>.</summary>
    [Id(1)] public string? Html { get; init; }

    /// <summary>Email: plain text part.</summary>
    [Id(2)] public string? Text { get; init; }

    /// <summary>Email: display name of the sender; not a template.</summary>
    [Id(3)] public string? FromName { get; init; }

    /// <summary>Email: reply address; not a template.</summary>
    [Id(4)] public string? ReplyTo { get; init; }

    /// <summary>Webhook: free text that becomes <c>type</c> of the envelope; not a template.</summary>
    [Id(5)] public string? EventName { get; init; }

    /// <summary>Webhook: where to POST; not a template.</summary>
    [Id(6)] public string? TargetUrl { get; init; }

    /// <summary>Webhook: extra headers; names in lower-case letters, digits and dashes.</summary>
    [Id(7)] public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Webhook: which top-level keys of the event's data are sent; absent means all.</summary>
    [Id(8)] public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>Webhook: a payload of the author's design with <c>{{object.field}}</c> placeholders.</summary>
    [Id(9)] public RawJson? Payload { get; init; }

    /// <summary>Webhook: the designed payload is the whole body instead of the envelope's <c>data</c>.</summary>
    [Id(10)] public bool RawPayload { get; init; }

    /// <summary>Text message: the most segments it may take, 1 to 10. A longer one is refused, so 1 refuses whatever does not fit into one. Absent means 10.</summary>
    [Id(11)] public int? MaxSegments { get; init; }

    /// <summary>Email: the content as blocks, in the place of <c>html</c>. Without <c>text</c>, the plain text part is made of them too.</summary>
    [Id(12)] public MailDocument? Blocks { get; init; }

    /// <summary>The saved template that the content is of, for a draft that names one instead of having a content. The content is copied when the draft is saved.</summary>
    [Id(13)] public SavedContent? Saved { get; init; }
}

/// <summary>A version of a saved template.</summary>
[GenerateSerializer, Immutable, Alias("distribution-draft.saved-content")]
public sealed record SavedContent
{
    /// <summary><c>mtpl_…</c></summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>Which version; the newest there is when the draft is saved, where it is absent.</summary>
    [Id(1)] public int? Version { get; init; }
}
