using Marketing.Campaigns;

namespace Marketing.CampaignTemplates;

/// <summary>A new template.</summary>
internal sealed record CampaignTemplateRequest
{
    /// <summary>The name, which no other template has.</summary>
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>The campaign it is made of, by id or name; or promotion_tier_id.</summary>
    public string? CampaignId { get; init; }

    /// <summary>The promotion tier it is made of; or campaign_id.</summary>
    public string? PromotionTierId { get; init; }
}

/// <summary>What is to be different.</summary>
internal sealed record CampaignTemplateChangeRequest
{
    public string? Name { get; init; }

    public string? Description { get; init; }
}

/// <summary>A template.</summary>
internal sealed record CampaignTemplateResponse
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>DISCOUNT_COUPONS or GIFT_VOUCHERS.</summary>
    public required string CampaignType { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public string Object { get; } = "campaign_template";

    public static CampaignTemplateResponse From(CampaignTemplate template) => new()
    {
        Id = template.Id,
        Name = template.Name,
        Description = template.Description,
        CampaignType = template.CampaignType,
        CreatedAt = template.CreatedAt,
        UpdatedAt = template.UpdatedAt,
    };
}

/// <summary>A page of templates.</summary>
internal sealed record CampaignTemplateListResponse(IReadOnlyList<CampaignTemplateResponse> Data, bool HasMore)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "data";

    /// <summary>What to pass as starting_after_id; absent at the end.</summary>
    public string? MoreStartingAfter { get; init; }

    /// <summary>How many templates the project has, where that was asked for.</summary>
    public long? Total { get; init; }
}

/// <summary>A campaign that is made of a template: what is given replaces what the template has.</summary>
internal sealed record CampaignSetupRequest
{
    /// <summary>Which no other campaign of the project has.</summary>
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>STATIC, AUTO_UPDATE or STANDALONE.</summary>
    public string? Type { get; init; }

    public bool? JoinOnce { get; init; }

    public bool? AutoJoin { get; init; }

    public bool? UseVoucherMetadataSchema { get; init; }

    /// <summary>How many codes to make.</summary>
    public int? VouchersCount { get; init; }

    public string? StartDate { get; init; }

    public string? ExpirationDate { get; init; }

    public RawJson? ValidityTimeframe { get; init; }

    public IReadOnlyList<int>? ValidityDayOfWeek { get; init; }

    public RawJson? ValidityHours { get; init; }

    public string? ActivityDurationAfterPublishing { get; init; }

    public string? Category { get; init; }

    public string? CategoryId { get; init; }

    public RawJson? Metadata { get; init; }

    /// <summary>How codes look, and how often each may be redeemed.</summary>
    public CampaignVoucherRequest? Voucher { get; init; }
}

/// <summary>A promotion tier that is made of a template: what is given replaces what the template has.</summary>
internal sealed record TierSetupRequest
{
    /// <summary>The campaign it is added to, by id or name.</summary>
    public required string CampaignId { get; init; }

    public required string Name { get; init; }

    public string? Banner { get; init; }

    public RawJson? Metadata { get; init; }

    /// <summary>The place among the tiers of the campaign, from 1.</summary>
    public int? Hierarchy { get; init; }

    public bool? Active { get; init; }

    public string? StartDate { get; init; }

    public string? ExpirationDate { get; init; }

    public RawJson? ValidityTimeframe { get; init; }

    public IReadOnlyList<int>? ValidityDayOfWeek { get; init; }

    public RawJson? ValidityHours { get; init; }

    public string? Category { get; init; }

    public string? CategoryId { get; init; }
}

/// <summary>Something that was made along the way.</summary>
internal sealed record CreatedResource(string Id, string Object)
{
    public static IReadOnlyList<CreatedResource> Of(IReadOnlyList<string> rules) => [.. rules.Select(static rule => new CreatedResource(rule, "validation_rules"))];
}

/// <summary>A campaign that was made of a template.</summary>
internal sealed record CampaignSetupResponse(IReadOnlyList<CreatedResource> CreatedResources, RawJson Campaign)
{
    public string Object { get; } = "campaign_setup";
}

/// <summary>A promotion tier that was made of a template.</summary>
internal sealed record TierSetupResponse(IReadOnlyList<CreatedResource> CreatedResources, RawJson PromotionTier)
{
    public string Object { get; } = "promotion_tier_setup";
}
