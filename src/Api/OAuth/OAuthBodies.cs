namespace Marketing.OAuth;

// For the OpenAPI document; OAuthEndpoints reads them.

/// <summary>A wish for a token.</summary>
internal sealed record OAuthTokenRequest
{
    /// <summary>Always client_credentials.</summary>
    public required string GrantType { get; init; }

    /// <summary>What the token is to be limited to, names separated by spaces: api is everything, any other the paths that begin with it.</summary>
    public required string Scope { get; init; }
}

/// <summary>A token that was made before.</summary>
internal sealed record OAuthTokenReference
{
    public const string Example = """{"access_token":"AAAAAT1S7dJ8o5qkZQ0v3sJx9bY2mWc4nRtUeHgLfKpDiVyXa6B0ZrTQwE8"}""";

    public required string AccessToken { get; init; }
}

/// <summary>A token.</summary>
internal sealed record OAuthTokenResponse
{
    public required string AccessToken { get; init; }

    /// <summary>The application id it was asked for with.</summary>
    public required string ClientId { get; init; }

    /// <summary>When it expires, in seconds since 1970.</summary>
    public required long ExpiresAt { get; init; }

    /// <summary>In how many seconds.</summary>
    public required long ExpiresIn { get; init; }

    public required string Scope { get; init; }

    public string TokenType { get; } = "Bearer";

    public static OAuthTokenResponse From(string text, OAuthToken token, TimeProvider clock) => new()
    {
        AccessToken = text,
        ClientId = token.AppId,
        ExpiresAt = token.ExpiresAt.ToUnixTimeSeconds(),
        ExpiresIn = Left(token, clock),
        Scope = token.Scope,
    };

    private static long Left(OAuthToken token, TimeProvider clock) => (long)Math.Max(0, Math.Round((token.ExpiresAt - clock.GetUtcNow()).TotalSeconds));
}

/// <summary>What is known of a token; only active where it is not.</summary>
internal sealed record OAuthIntrospection
{
    public required bool Active { get; init; }

    public string? AccessToken { get; init; }

    /// <summary>The application id it was asked for with.</summary>
    public string? ClientId { get; init; }

    /// <summary>When it expires, in seconds since 1970.</summary>
    public long? ExpiresAt { get; init; }

    /// <summary>In how many seconds.</summary>
    public long? ExpiresIn { get; init; }

    public string? Scope { get; init; }

    public string? TokenType { get; init; }

    public static OAuthIntrospection From(string text, OAuthToken token, TimeProvider clock)
    {
        var known = OAuthTokenResponse.From(text, token, clock);
        return new OAuthIntrospection
        {
            Active = true,
            AccessToken = known.AccessToken,
            ClientId = known.ClientId,
            ExpiresAt = known.ExpiresAt,
            ExpiresIn = known.ExpiresIn,
            Scope = known.Scope,
            TokenType = known.TokenType,
        };
    }
}
