namespace Marketing.Distributions;

/// <summary>Answer to a preview.</summary>
[GenerateSerializer, Immutable, Alias("preview-result")]
public abstract record PreviewResult
{
    /// <summary>One rendered message per channel, as wire JSON, by channel type.</summary>
    [GenerateSerializer, Immutable, Alias("preview-result.rendered")]
    public sealed record Rendered([property: Id(0)] IReadOnlyDictionary<string, RawJson> Messages) : PreviewResult;

    /// <summary>No such distribution or customer; says which.</summary>
    [GenerateSerializer, Immutable, Alias("preview-result.not-found")]
    public sealed record NotFound([property: Id(0)] string What) : PreviewResult;

    /// <summary>The draft cannot be rendered.</summary>
    [GenerateSerializer, Immutable, Alias("preview-result.invalid")]
    public sealed record Invalid([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : PreviewResult;

    /// <summary>Too many are being rendered; asking again later may help.</summary>
    [GenerateSerializer, Immutable, Alias("preview-result.busy")]
    public sealed record Busy : PreviewResult;
}

/// <summary>A test send.</summary>
[GenerateSerializer, Immutable, Alias("test-send")]
public sealed record TestSend
{
    /// <summary>The customer whose data is rendered; a made-up one when null.</summary>
    [Id(0)] public string? CustomerId { get; init; }

    /// <summary>Only this channel; null for all.</summary>
    [Id(1)] public string? Channel { get; init; }

    /// <summary>Where to send, at most 10. Webhooks go to their target once.</summary>
    [Id(2)] public IReadOnlyList<string> Addresses { get; init; } = [];
}

/// <summary>Answer to a test send.</summary>
[GenerateSerializer, Immutable, Alias("test-send-result")]
public abstract record TestSendResult
{
    /// <summary>What became of each.</summary>
    [GenerateSerializer, Immutable, Alias("test-send-result.attempted")]
    public sealed record Attempted([property: Id(0)] IReadOnlyList<TestAttempt> Attempts) : TestSendResult;

    /// <summary>No such distribution or customer; says which.</summary>
    [GenerateSerializer, Immutable, Alias("test-send-result.not-found")]
    public sealed record NotFound([property: Id(0)] string What) : TestSendResult;

    /// <summary>The idempotency key was used for another request, or for this one while it was still going on.</summary>
    [GenerateSerializer, Immutable, Alias("test-send-result.key-reused")]
    public sealed record KeyReused : TestSendResult;

    /// <summary>The draft or the request is wrong.</summary>
    [GenerateSerializer, Immutable, Alias("test-send-result.invalid")]
    public sealed record Invalid([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : TestSendResult;

    /// <summary>Too many are being rendered; nothing was sent, and asking again later may help.</summary>
    [GenerateSerializer, Immutable, Alias("test-send-result.busy")]
    public sealed record Busy : TestSendResult;
}

/// <summary>One message of a test send.</summary>
/// <param name="Channel">The channel type.</param>
/// <param name="Address">Where it went.</param>
/// <param name="Sent">Whether the other side took it.</param>
/// <param name="Reason">Why not.</param>
[GenerateSerializer, Immutable, Alias("test-attempt")]
public sealed record TestAttempt(
    [property: Id(0)] string Channel, [property: Id(1)] string Address, [property: Id(2)] bool Sent, [property: Id(3)] string? Reason);

/// <summary>Who would receive a distribution if it were sent now.</summary>
[GenerateSerializer, Immutable, Alias("audience-estimate")]
public sealed record AudienceEstimate
{
    /// <summary>Customers in the audience; null for an automatic distribution, whose audience is whoever triggers it.</summary>
    [Id(0)] public long? Customers { get; init; }

    /// <summary>By channel type.</summary>
    [Id(1)] public IReadOnlyDictionary<string, ChannelEstimate> Channels { get; init; } = new Dictionary<string, ChannelEstimate>();

    /// <summary>Whether the segment is still synchronising, so that the figures will grow.</summary>
    [Id(2)] public bool Syncing { get; init; }

    /// <summary>How many codes the campaign has that are not given out; null where the action takes none, or its campaign makes them as they are needed.</summary>
    [Id(3)] public long? CodesLeft { get; init; }

    /// <summary>Whether there is something for everybody of the audience.</summary>
    [Id(4)] public bool? CodesSuffice { get; init; }

    /// <summary>How many messages the account may still send now, over all channels; null where nothing limits it.</summary>
    [Id(5)] public long? MessagesLeft { get; init; }
}

/// <summary>Who would receive through one channel.</summary>
/// <param name="Reachable">Would be sent to.</param>
/// <param name="Skipped">Would be skipped, by reason.</param>
[GenerateSerializer, Immutable, Alias("channel-estimate")]
public sealed record ChannelEstimate([property: Id(0)] long Reachable, [property: Id(1)] IReadOnlyDictionary<string, long> Skipped);
