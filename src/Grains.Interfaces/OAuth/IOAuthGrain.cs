namespace Marketing.OAuth;

/// <summary>The OAuth tokens of a project. A token itself is known to whoever asked for it and to nobody else: only its hash comes here. Keyed by project number.</summary>
[Alias("oauth"), GrainInterfaceType("oauth")]
public interface IOAuthGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Makes a token that is good for <see cref="OAuthToken.Lifetime"/>. Null when the project has <see cref="OAuthToken.Most"/> that are good. Repeating it with the same id
    /// changes nothing and answers what the first call made.
    /// </summary>
    /// <param name="id">What the token is found by: part of it, and no secret.</param>
    /// <param name="hash">SHA-256 of the token's bytes.</param>
    /// <param name="appId">The key it was asked for with; it opens what that key opens, as long as that key does.</param>
    /// <param name="scope">What it is limited to, names separated by spaces.</param>
    [Alias("issue")]
    Task<OAuthToken?> IssueAsync(string id, byte[] hash, string appId, string scope);

    /// <summary>A token that is good, or null. The caller compares the hash and may cache the answer for 30 seconds.</summary>
    [Alias("find")]
    Task<OAuthToken?> FindAsync(string id, CancellationToken cancellation = default);

    /// <summary>Makes a token good for nothing. False when there is none that is good.</summary>
    [Alias("revoke")]
    Task<bool> RevokeAsync(string id);
}

/// <summary>A token as stored: never itself, only its hash.</summary>
[GenerateSerializer, Immutable, Alias("oauth-token")]
public sealed record OAuthToken
{
    /// <summary>The most that a project has at a time.</summary>
    public const int Most = 1_000;

    /// <summary>How long one is good.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>SHA-256 of the token's bytes.</summary>
    [Id(0)] public required byte[] Hash { get; init; }

    /// <summary>The key it was asked for with.</summary>
    [Id(1)] public required string AppId { get; init; }

    /// <summary>Names separated by spaces.</summary>
    [Id(2)] public required string Scope { get; init; }

    /// <summary>From then on it is good for nothing.</summary>
    [Id(3)] public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>How the grains of OAuth are addressed.</summary>
public static class OAuthAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>The OAuth tokens of a project.</summary>
        public IOAuthGrain OAuth(int project) => grains.At<IOAuthGrain>(GrainAddresses.Key(project));
    }
}
