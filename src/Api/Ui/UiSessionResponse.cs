using Marketing.Projects;

namespace Marketing.Ui;

/// <summary>Who is signed in.</summary>
internal sealed record UiSessionResponse
{
    public bool SignedIn { get; init; }

    /// <summary>The key that opened the session; its token is not known any more.</summary>
    public string? AppId { get; init; }

    public UiProject? Project { get; init; }

    /// <summary>When it ends unless somebody looks again.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public static UiSessionResponse Of(AccessKey key, DateTimeOffset end) => new()
    {
        SignedIn = true,
        AppId = key.AppId,
        Project = key.Project is { } project ? new UiProject(project.Id, project.Settings.Name, project.Settings.TimeZone, project.Settings.Currency) : null,
        ExpiresAt = end,
    };
}

/// <summary>What every page shows of the project.</summary>
internal sealed record UiProject(string Id, string Name, string Timezone, string Currency);

/// <summary>How somebody signs in: with both parts of a server key, or with a code.</summary>
internal sealed record UiSignInRequest
{
    public string? AppId { get; init; }

    public string? AppToken { get; init; }

    /// <summary>As the first start printed it, good for once.</summary>
    public string? Code { get; init; }
}
