using System.Collections.Frozen;
using System.Text.Json;
using Marketing.Catalogue;
using Marketing.Categories;
using Marketing.Storage;

namespace Marketing.Campaigns;

/// <summary>The campaigns of a project.</summary>
internal sealed class CampaignSection
{
    private readonly FrozenDictionary<string, CampaignEntry> _byId;
    private readonly FrozenDictionary<string, CampaignEntry> _byName;
    private readonly FrozenDictionary<long, CampaignEntry> _byNumber;

    public CampaignSection(IReadOnlyCollection<CampaignEntry> all)
    {
        _byNumber = all.ToFrozenDictionary(static campaign => campaign.Number);
        _byId = all.Where(static campaign => !campaign.IsDeleted).ToFrozenDictionary(static campaign => campaign.Id, StringComparer.Ordinal);
        _byName = _byId.Values.ToFrozenDictionary(static campaign => campaign.Name, StringComparer.Ordinal);
    }

    public IReadOnlyCollection<CampaignEntry> All => _byId.Values;

    /// <summary>By id or name; the id wins. Deleted ones are not found.</summary>
    public CampaignEntry? Find(string idOrName) => _byId.GetValueOrDefault(idOrName) ?? _byName.GetValueOrDefault(idOrName);

    /// <summary>By number, deleted ones too.</summary>
    public CampaignEntry? Find(long? number) => number is { } known ? _byNumber.GetValueOrDefault(known) : null;
}

/// <summary>A campaign as it is decided by. Immutable.</summary>
internal sealed class CampaignEntry
{
    private readonly FrozenDictionary<long, CampaignTerms> _terms;

    public CampaignEntry(CampaignRow row, IReadOnlyCollection<CampaignTerms> earlier)
    {
        Row = row;
        Current = CampaignTerms.Of(row.Revision, row.Terms);
        _terms = earlier.Append(Current).ToFrozenDictionary(static terms => terms.Revision);
        var fields = row.Fields.ToElement();
        Pattern = CodePattern.Of(Current.Element.TryGetProperty("code_config", out var config) ? config : default);
        JoinsOnce = row.JoinsOnce;
        ActiveFor = fields.TryGetProperty("activity_duration_after_publishing", out var duration) && duration.ValueKind == JsonValueKind.String
            ? System.Xml.XmlConvert.ToTimeSpan(duration.GetString()!)
            : null;
        CategoryId = CategoryChoice.IdOf(fields);
    }

    public CampaignRow Row { get; }

    public long Number => Row.Number;

    public string Id => Row.Id;

    public string Name => Row.Name ?? "";

    public bool IsDeleted => Row.Name is null;

    /// <summary>Whether its codes are given to those who bring others.</summary>
    public bool IsReferral => Row.CampaignType == CampaignTypes.Referral;

    /// <summary>Whether a customer gets one code and then always the same.</summary>
    public bool JoinsOnce { get; }

    /// <summary>How long a code holds after it was given out; null where its dates say so.</summary>
    public TimeSpan? ActiveFor { get; }

    /// <summary>The category that it was put into, which may be gone by now; null for none.</summary>
    public string? CategoryId { get; }

    public CodePattern Pattern { get; }

    /// <summary>The terms of what is given out now.</summary>
    public CampaignTerms Current { get; }

    /// <summary>The terms under which a code was given out; the current ones for one that was not.</summary>
    public CampaignTerms TermsOf(long? revision) => revision is { } known && _terms.TryGetValue(known, out var terms) ? terms : Current;
}

/// <summary>Reads the campaigns of a project. What did not change is not compiled again.</summary>
internal sealed class CampaignSectionReader(ITableStore<CampaignRow> campaigns, ITableStore<CampaignTermsRow> earlier) : SectionReader<CampaignSection>
{
    public override IReadOnlyList<string> Tables => ["campaigns", "campaign_terms"];

    protected override async ValueTask<CampaignSection> ReadAsync(int project, CampaignSection? before)
    {
        var rows = await campaigns.AllAsync(project);
        var terms = (await earlier.AllAsync(project)).ToLookup(static row => row.Campaign);
        return new CampaignSection([.. rows.Select(row => before?.Find(row.Number) is { } known && known.Row == row
            ? known
            : new CampaignEntry(row, [.. terms[row.Number].Select(static one => CampaignTerms.Of(one.Revision, one.Terms))]))]);
    }
}
