using Marketing.Http;

namespace Marketing.Connections;

/// <summary>A connection with a provider.</summary>
[AnsweredAs(typeof(ConnectionResponse))]
internal sealed record ConnectionRequest
{
    /// <summary>Required for a new one; unique in the project.</summary>
    public string? Name { get; init; }

    /// <summary>The channel it is for, for example <c>email</c>. Required for a new one, and fixed.</summary>
    public string? Type { get; init; }

    /// <summary>The provider, for example <c>smtp</c>. Required for a new one, and fixed.</summary>
    public string? Provider { get; init; }

    /// <summary>The provider's fields that are not secret, as the catalog lists them. Replaced as a whole.</summary>
    public RawJson? Settings { get; init; }

    /// <summary>The provider's secret fields. Those that are not given stay, null takes one away. They are never shown.</summary>
    public RawJson? Credentials { get; init; }

    /// <summary>Whether entries of a distribution that name no connection take this one. The first of a type is it.</summary>
    public bool? Default { get; init; }

    /// <summary>The most requests to the provider in any second, whatever the number of processes; 0 for no limit.</summary>
    public int? RateLimit { get; init; }
}

/// <summary>A connection with a provider.</summary>
internal sealed record ConnectionResponse
{
    public required string Id { get; init; }

    public string Object { get; } = "channel";

    public required string Name { get; init; }

    public required string Type { get; init; }

    public required string Provider { get; init; }

    /// <summary><c>active</c> or <c>paused</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Whether entries of a distribution that name no connection take this one.</summary>
    public required bool Default { get; init; }

    /// <summary>The most requests to the provider in any second; absent for no limit.</summary>
    public int? RateLimit { get; init; }

    public required RawJson Settings { get; init; }

    /// <summary>The names of the credentials that are set.</summary>
    public required IReadOnlyList<string> CredentialsSet { get; init; }

    /// <summary>The address to enter at the provider, at which it reports what became of messages and what people answer.</summary>
    public string? ReceiptsUrl { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public static ConnectionResponse From(Connection connection) => new()
    {
        Id = connection.Id,
        Name = connection.Name,
        Type = connection.Type,
        Provider = connection.Provider,
        Status = connection.IsPaused ? "paused" : "active",
        Default = connection.IsDefault,
        RateLimit = connection.RateLimit,
        Settings = connection.Settings,
        CredentialsSet = connection.Credentials,
        ReceiptsUrl = connection.ReceiptsUrl,
        CreatedAt = connection.CreatedAt,
        UpdatedAt = connection.UpdatedAt,
    };
}

/// <summary>What a test of a connection came to.</summary>
/// <param name="Ok">Whether messages could be sent now, as far as can be told without sending one.</param>
/// <param name="Detail">What the other side said.</param>
internal sealed record ConnectionTestResponse(bool Ok, string Detail)
{
    public string Object { get; } = "channel_test";
}
