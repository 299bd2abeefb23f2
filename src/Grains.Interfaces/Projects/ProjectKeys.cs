namespace Marketing.Projects;

/// <summary>A key as it is shown to people: without its token, which nobody knows.</summary>
/// <param name="AppId">The application id.</param>
/// <param name="Kind"><c>server</c> or <c>client</c>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="CreatedAt">When it was made; null for keys that an earlier version made.</param>
[GenerateSerializer, Immutable, Alias("key-listing")]
public sealed record KeyListing([property: Id(0)] string AppId, [property: Id(1)] string Kind, [property: Id(2)] string? Name, [property: Id(3)] DateTimeOffset? CreatedAt);

/// <summary>Answer to making a key.</summary>
[GenerateSerializer, Immutable, Alias("key-issue")]
public abstract record KeyIssue
{
    /// <summary>The key with its token, this once.</summary>
    [GenerateSerializer, Immutable, Alias("key-issue.issued")]
    public sealed record Issued([property: Id(0)] KeyListing Listing, [property: Id(1)] IssuedKey Key) : KeyIssue;

    /// <summary>There is no such project.</summary>
    [GenerateSerializer, Immutable, Alias("key-issue.not-found")]
    public sealed record NotFound : KeyIssue;

    /// <summary>The project has as many as it may have.</summary>
    [GenerateSerializer, Immutable, Alias("key-issue.too-many")]
    public sealed record TooMany([property: Id(0)] int Most) : KeyIssue;
}

/// <summary>Answer to ending a key.</summary>
public enum KeyRevocation
{
    /// <summary>It opens nothing any more.</summary>
    Revoked,

    /// <summary>The project has no such key.</summary>
    NotFound,

    /// <summary>It is the project's last server key.</summary>
    LastServerKey,

    /// <summary>It is the key that asks.</summary>
    InUse,
}
