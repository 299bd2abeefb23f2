namespace Marketing.Projects;

/// <summary>A key of a project. Its token is never shown again.</summary>
internal record KeyResponse
{
    /// <summary>For <c>X-App-Id</c> or <c>X-Client-Application-Id</c>.</summary>
    public required string AppId { get; init; }

    public string Object { get; } = "key";

    /// <summary><c>server</c> or <c>client</c>.</summary>
    public required string Kind { get; init; }

    public string? Name { get; init; }

    /// <summary>Absent for keys that were made before this was noted.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whether this request came with it.</summary>
    public bool Current { get; init; }

    public static KeyResponse From(KeyListing key, string? asking) =>
        new() { AppId = key.AppId, Kind = key.Kind, Name = key.Name, CreatedAt = key.CreatedAt, Current = key.AppId == asking };
}

/// <summary>A new key with its token, which is shown this once.</summary>
internal sealed record KeyCreatedResponse : KeyResponse
{
    /// <summary>For <c>X-App-Token</c> or <c>X-Client-Token</c>.</summary>
    public required string AppToken { get; init; }

    public static KeyCreatedResponse From(KeyIssue.Issued issued) => new()
    {
        AppId = issued.Key.AppId,
        AppToken = issued.Key.AppToken,
        Kind = issued.Listing.Kind,
        Name = issued.Listing.Name,
        CreatedAt = issued.Listing.CreatedAt,
    };
}

/// <summary>A key that is to be made.</summary>
internal sealed record KeyRequest
{
    /// <summary><c>server</c>, for the shop's servers and whoever runs its campaigns; <c>client</c>, for browsers of customers.</summary>
    public required string Kind { get; init; }

    /// <summary>What people call it, up to 100 characters on one line.</summary>
    public string? Name { get; init; }
}
