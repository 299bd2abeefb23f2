namespace Marketing;

/// <summary>Who asks for a change, and how a repetition of the request is recognised.</summary>
[GenerateSerializer, Immutable, Alias("command-context")]
public sealed record CommandContext
{
    /// <summary>
    /// Request id, <c>v-…</c>; becomes <c>group_id</c> of the events the command causes. One value per request: a command that is made again because
    /// nobody knows what became of it is recognised by it, and so would be another request that uses it too.
    /// </summary>
    [Id(0)] public required string RequestId { get; init; }

    /// <summary><c>API</c>, <c>CLIENT_API</c>, <c>USER_PORTAL</c> or <c>INTERNAL</c>.</summary>
    [Id(1)] public string Channel { get; init; } = "INTERNAL";

    /// <summary>The application id of the key that was used.</summary>
    [Id(2)] public string? AppId { get; init; }

    /// <summary>The caller's <c>Idempotency-Key</c>: the same key with the same fingerprint changes nothing a second time and returns what the first made, as it is now.</summary>
    [Id(3)] public string? IdempotencyKey { get; init; }

    /// <summary>Hash of method, path and body; a reused key with another fingerprint is refused.</summary>
    [Id(4)] public string? Fingerprint { get; init; }

    /// <summary>Which row of which background job this is; noted with what it changes, so that the job does not change it again.</summary>
    [Id(5)] public ImportRow? Row { get; init; }

    /// <summary>Whether the key is the shop's own id of what is done, and so its id for good: it is not forgotten with the keys of requests.</summary>
    [Id(6)] public bool IsKeptForGood { get; init; }
}

/// <summary>A row of a background job.</summary>
/// <param name="Action">The id of the job.</param>
/// <param name="Number">The row, from 1.</param>
/// <param name="Creates">Whether it creates a customer; otherwise it changes one, or its job does not tell.</param>
[GenerateSerializer, Immutable, Alias("import-row")]
public readonly record struct ImportRow([property: Id(0)] string Action, [property: Id(1)] long Number, [property: Id(2)] bool Creates = false);
