using System.Text.Json;
using Marketing.Json;
using Marketing.Storage;

namespace Marketing.Campaigns;

/// <summary>A stored campaign.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Campaign id.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Name">The name; null when it is deleted, and only its codes are still there.</param>
/// <param name="CampaignType">What it is.</param>
/// <param name="Type">How it gets its codes.</param>
/// <param name="IsActive">Whether it is enabled.</param>
/// <param name="Revision">The number of its current terms.</param>
/// <param name="Wanted">How many codes were asked for in all; with those that were made, how far that is.</param>
/// <param name="IsShort">Whether a job ended without having made all of its codes.</param>
/// <param name="Fields">Its other fields in the wire format.</param>
/// <param name="Terms">What its codes are worth and when they hold, as they are now.</param>
/// <param name="Metadata">The shop's own.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
internal sealed record CampaignRow(
    long Number, string Id, long Version, string? Name, string CampaignType, string Type, bool IsActive, long Revision, long Wanted, bool IsShort, RawJson Fields, RawJson Terms, RawJson Metadata,
    DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt) : ITableRow
{
    /// <summary>The name, also of one that is deleted.</summary>
    public string? LastName => Name ?? (Fields.ToElement().TryGetProperty("name", out var name) ? name.GetString() : null);

    /// <summary>Whether a customer is given one code of it only. Of a loyalty programme nobody is a member twice, whatever is asked for.</summary>
    public bool JoinsOnce => CampaignType == CampaignTypes.Loyalty
        || (Type != CampaignTypes.Standalone && Fields.ToElement().TryGetProperty("join_once", out var once) && once.ValueKind == JsonValueKind.True);

    /// <summary>The campaign as it is deleted: its name is free for others.</summary>
    public CampaignRow Gone(DateTimeOffset now) => this with
    {
        Name = null,
        Fields = new RawJson(JsonObjects.Joined(Fields.Utf8.Span, JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string?> { ["name"] = Name }))),
        IsActive = false,
        UpdatedAt = now,
    };
}

/// <summary>What codes of a campaign were worth before it was changed. Those that were given out then keep it.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Campaign id and number of the terms.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Campaign">The campaign.</param>
/// <param name="Revision">The number of the terms.</param>
/// <param name="Terms">The terms.</param>
/// <param name="CreatedAt">When the campaign was changed.</param>
internal sealed record CampaignTermsRow(long Number, string Id, long Version, long Campaign, long Revision, RawJson Terms, DateTimeOffset CreatedAt) : ITableRow;

/// <summary>Where campaigns are stored.</summary>
internal static class CampaignTable
{
    public static readonly Column Name = Column<CampaignRow>.Text("name", row => row.Name);

    private static readonly Column CampaignType = Column<CampaignRow>.Text("campaign_type", row => row.CampaignType);
    private static readonly Column Type = Column<CampaignRow>.Text("type", row => row.Type);
    private static readonly Column IsActive = Column<CampaignRow>.Number("active", row => row.IsActive ? 1 : 0);
    private static readonly Column Revision = Column<CampaignRow>.Number("revision", row => row.Revision);
    private static readonly Column Wanted = Column<CampaignRow>.Number("wanted", row => row.Wanted);
    private static readonly Column IsShort = Column<CampaignRow>.Number("short", row => row.IsShort ? 1 : 0);
    private static readonly Column Fields = Column<CampaignRow>.Blob("fields", row => row.Fields.Utf8.ToArray());
    private static readonly Column Terms = Column<CampaignRow>.Blob("terms", row => row.Terms.Utf8.ToArray());
    private static readonly Column Metadata = Column<CampaignRow>.Blob("metadata", row => row.Metadata.Utf8.ToArray());
    private static readonly Column CreatedAt = Column<CampaignRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column UpdatedAt = Column<CampaignRow>.Instant("updated_at", row => row.UpdatedAt);

    private static readonly Column OldCampaign = Column<CampaignTermsRow>.Number("campaign", row => row.Campaign);
    private static readonly Column OldRevision = Column<CampaignTermsRow>.Number("revision", row => row.Revision);
    private static readonly Column OldTerms = Column<CampaignTermsRow>.Blob("terms", row => row.Terms.Utf8.ToArray());
    private static readonly Column ReplacedAt = Column<CampaignTermsRow>.Instant("created_at", row => row.CreatedAt);

    public static readonly Table<CampaignRow> Campaigns = new("campaigns", Read)
    {
        Columns = [Name, CampaignType, Type, IsActive, Revision, Wanted, IsShort, Fields, Terms, Metadata, CreatedAt, UpdatedAt],
        Unique = [Name],
        Orders = [CreatedAt],
    };

    public static readonly Table<CampaignTermsRow> Earlier = new("campaign_terms", ReadTerms)
    {
        Columns = [OldCampaign, OldRevision, OldTerms, ReplacedAt],
        Orders = [ReplacedAt],
    };

    private static CampaignRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.TextOrNull(Name), row.Text(CampaignType), row.Text(Type), row.Count(IsActive) != 0, row.Count(Revision), row.Count(Wanted), row.Count(IsShort) != 0,
        new RawJson(row.Blob(Fields)), new RawJson(row.Blob(Terms)), new RawJson(row.Blob(Metadata)), row.Instant(CreatedAt), row.InstantOrNull(UpdatedAt));

    private static CampaignTermsRow ReadTerms(StoredRow row) =>
        new(row.Number, row.Id, row.Version, row.Count(OldCampaign), row.Count(OldRevision), new RawJson(row.Blob(OldTerms)), row.Instant(ReplacedAt));
}
