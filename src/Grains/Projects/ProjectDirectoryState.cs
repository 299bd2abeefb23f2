namespace Marketing.Projects;

/// <summary>What the directory remembers. Property names are the stored format.</summary>
internal sealed class ProjectDirectoryState
{
    public List<StoredProject> Projects { get; set; } = [];

    public List<StoredKey> Keys { get; set; } = [];

    /// <summary>Signs unsubscribe links; made once for the deployment. Protected; of an earlier version, in the clear until the next write.</summary>
    public string? LinkSecret { get; set; }
}

/// <summary>A project as stored.</summary>
internal sealed class StoredProject
{
    public int Number { get; set; }

    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    public string TimeZone { get; set; } = "UTC";

    /// <summary>The one before, until every segment was told of the change.</summary>
    public string? EarlierTimeZone { get; set; }

    public string Currency { get; set; } = "USD";

    public List<string> ClientTrustedDomains { get; set; } = [];

    public bool ClientCreateCustomer { get; set; }

    public bool ClientRedeem { get; set; }

    public bool ClientPublish { get; set; }

    public string? DialCode { get; set; }

    public QuietHours? QuietHours { get; set; }

    public List<FrequencyCap>? FrequencyCaps { get; set; }

    public string? MessagePlan { get; set; }

    public bool CaseSensitiveCodes { get; set; } = true;

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Webhooks are signed with it. Protected, like that of the links. Never returned after it was made.</summary>
    public string WebhookSecret { get; set; } = "";
}

/// <summary>A key as stored: only the token's hash.</summary>
internal sealed class StoredKey
{
    public string AppId { get; set; } = "";

    public byte[] TokenHash { get; set; } = [];

    public string Kind { get; set; } = "";

    /// <summary>0 for the management key.</summary>
    public int Project { get; set; }

    public string? Name { get; set; }

    /// <summary>Null for keys of before.</summary>
    public DateTimeOffset? CreatedAt { get; set; }
}
