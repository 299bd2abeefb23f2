using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Categories;
using Marketing.Discounts;
using Marketing.Filters;
using Marketing.Projects;
using Marketing.Promotions;
using Marketing.Rewards;
using Marketing.Storage;
using Marketing.ValidationRules;
using Marketing.Validity;
using Marketing.Vouchers;

namespace Marketing.Redemptions;

/// <summary>Finds what is asked to be redeemed.</summary>
internal sealed class Redeemables(VoucherReads vouchers, ITableStore<SessionRow> sessions, RewardCases rewards)
{
    /// <summary>Each with everything it is decided by, or why all are refused.</summary>
    /// <param name="catalogue">The project's.</param>
    /// <param name="asked">What is asked for.</param>
    /// <param name="session">Key of the session; null for none.</param>
    /// <param name="now">When.</param>
    public async Task<(IReadOnlyList<CaseRedeemable> Found, RedemptionError? Error)> FindAsync(
        CatalogueSnapshot catalogue, IReadOnlyList<RedeemableReference> asked, string? session, DateTimeOffset now)
    {
        var stack = asked.FirstOrDefault(static one => one.Type == RedeemableReference.PromotionStack);
        if (stack is not null && asked.Count > 1)
        {
            return ([], RedemptionErrors.StackNotAlone(stack.Id));
        }

        var promotions = catalogue.Section<PromotionSection>();
        var stacked = stack is null ? null : promotions.FindStack(stack.Id);
        asked = stacked is null ? asked : [.. stacked.TierIds.Select(static tier => new RedeemableReference(RedeemableReference.PromotionTier, tier, null))];
        var most = Math.Min(RedemptionCommand.MostRedeemables, catalogue.Section<StackingSection>().Rules.RedeemablesLimit);
        if (asked.Count > most)
        {
            return ([], RedemptionErrors.TooMany(most));
        }

        var codes = asked.Where(static one => one.Type == RedeemableReference.Voucher).Select(static one => one.Id).Distinct(StringComparer.Ordinal).ToList();
        var rows = await vouchers.FindRowsAsync(catalogue, codes);
        var views = (await vouchers.ViewAsync(catalogue, [.. rows.Values.DistinctBy(static row => row.Number)])).ToDictionary(static view => view.Row.Number);
        var held = session is null || views.Count == 0
            ? []
            : (await sessions.FindManyAsync(catalogue.Project, [.. views.Values.Select(view => SessionRow.IdOf(catalogue.Project, session, view.Row.Id))])).ToDictionary(static row => row.Voucher);
        var calendar = catalogue.Section<ProjectSection>().Calendar;
        var found = new List<CaseRedeemable>(asked.Count);
        foreach (var one in asked)
        {
            found.Add(
                one.Type == RedeemableReference.Voucher && rows.TryGetValue(one.Id, out var row)
                    ? await WithRewardAsync(catalogue, one, OfVoucher(catalogue, one, views[row.Number], held.GetValueOrDefault(row.Number), Refusal(views[row.Number], one.Reward is not null, calendar, now)))
                : one.Type == RedeemableReference.PromotionTier && promotions.FindTier(one.Id) is { } tier ? OfTier(catalogue, tier, stacked, now)
                : Missing(one));
        }

        // What two cards took together could not be decided for each alone.
        if (found.Where(static one => one.Reward is not null).Skip(1).FirstOrDefault() is { } second)
        {
            return ([], RedemptionErrors.OneCardAtOnce(second.Reference));
        }

        return found.Select(static one => (one.Type, one.Id)).Distinct().Count() == found.Count
            ? (found, null)
            : ([], RedemptionErrors.Duplicated(found.GroupBy(static one => (one.Type, one.Id)).First(static same => same.Count() > 1).First().Reference));
    }

    /// <summary>A tier with everything it is decided by.</summary>
    /// <param name="catalogue">The project's.</param>
    /// <param name="tier">The tier.</param>
    /// <param name="stack">The stack it is asked for with; null for none.</param>
    /// <param name="now">When.</param>
    public static CaseRedeemable OfTier(CatalogueSnapshot catalogue, PromotionTierEntry tier, PromotionStackEntry? stack, DateTimeOffset now)
    {
        var campaign = catalogue.Section<CampaignSection>().Find(tier.CampaignNumber);
        var (rules, categories) = (catalogue.ValidationRules, catalogue.Section<CategorySection>());
        var category = tier.CategoryIds.Concat(stack?.CategoryIds ?? []).Append(campaign?.CategoryId).Select(categories.Find).FirstOrDefault(static one => one is not null);
        return new CaseRedeemable
        {
            Reference = tier.Id,
            Type = RedeemableReference.PromotionTier,
            Id = tier.Id,
            Refusal = campaign is null or { IsDeleted: true } ? RedemptionErrors.NotFound(RedeemableReference.PromotionTier, tier.Id) : Refusal(tier, campaign, catalogue.Section<ProjectSection>().Calendar, now),
            Tier = tier,
            Campaign = campaign,
            Discount = tier.Discount,
            Metadata = tier.Metadata.ToElement(),
            Validity = tier.Validity,
            Category = category,
            Rules = campaign is null ? rules.Of(RedeemableReference.PromotionTier, tier.Id) : [.. rules.Of(RedeemableReference.PromotionTier, tier.Id), .. rules.Of("campaign", campaign.Id)],
            Formulas = new FormulaData { Redeemable = tier.Metadata.ToElement(), Start = tier.Validity.Start, Expiration = tier.Validity.End },
        };
    }

    /// <summary>A code with everything it is decided by.</summary>
    /// <param name="catalogue">The project's.</param>
    /// <param name="voucher">The code, as it is now.</param>
    /// <param name="now">When.</param>
    public static CaseRedeemable OfVoucher(CatalogueSnapshot catalogue, VoucherView voucher, DateTimeOffset now) => OfVoucher(
        catalogue, new RedeemableReference(RedeemableReference.Voucher, voucher.Row.Code, null), voucher, held: null, Refusal(voucher, hasReward: false, catalogue.Section<ProjectSection>().Calendar, now));

    /// <summary>A code of a campaign as a customer would get it who was given one now. There is no such code yet.</summary>
    /// <param name="catalogue">The project's.</param>
    /// <param name="campaign">One whose codes are given out.</param>
    /// <param name="customerId">Who would get it.</param>
    /// <param name="now">When.</param>
    public static CaseRedeemable OfCampaign(CatalogueSnapshot catalogue, CampaignEntry campaign, string customerId, DateTimeOffset now)
    {
        var type = CampaignTypes.VoucherOf(campaign.Row.CampaignType).Type;
        var row = new VoucherRow(0, campaign.Id, 0, campaign.Id, campaign.Id, campaign.Number, null, type, true, RawJson.EmptyObject, campaign.Row.CreatedAt, null);
        var code = new VoucherView(catalogue, row, campaign, new HolderRow(0, campaign.Id, 0, 0, 0, campaign.Current.Revision, null, now)) { HolderId = customerId };
        return OfVoucher(catalogue, code, now) with { Type = CampaignRuleTarget.Kind, Metadata = campaign.Row.Metadata.ToElement() };
    }

    private static CaseRedeemable Missing(RedeemableReference asked) => new()
    {
        Reference = asked.Id,
        Type = asked.Type,
        Id = asked.Id,
        Refusal = RedemptionErrors.NotFound(asked.Type, asked.Id),
    };

    private async Task<CaseRedeemable> WithRewardAsync(CatalogueSnapshot catalogue, RedeemableReference asked, CaseRedeemable card)
    {
        if (asked.Reward is not { } choice || card.Refusal is not null || card.Voucher!.Row.Type != VoucherTypes.Loyalty)
        {
            return card;
        }

        var given = await rewards.ReadAsync(catalogue, card.Voucher, choice.Id, choice.Points, choice.IsByItself);
        return card with
        {
            Reward = given,
            Refusal = given.Refusal is { } refusal ? RedemptionErrors.Of(refusal) : null,
            Rules = given.Assignment is { } assignment ? [.. card.Rules, .. catalogue.ValidationRules.Of(RewardAssignmentTarget.Kind, assignment.Id)] : card.Rules,
        };
    }

    private static CaseRedeemable OfVoucher(CatalogueSnapshot catalogue, RedeemableReference asked, VoucherView voucher, SessionRow? held, RedemptionError? refusal)
    {
        var rules = catalogue.ValidationRules;
        var gift = voucher.Field("gift");
        var isGift = voucher.Row.Type == VoucherTypes.Gift;
        return new CaseRedeemable
        {
            Reference = voucher.Row.Code,
            Type = RedeemableReference.Voucher,
            Id = voucher.Row.Id,
            AskedCredits = asked.Credits,
            Refusal = refusal,
            Voucher = voucher,
            Campaign = voucher.Campaign,
            Discount = isGift ? null : DiscountReader.Read(voucher.Field("discount"), "discount").Discount,
            CreditsEffect = isGift ? DiscountReader.ReadGiftEffect(gift, "gift").Effect : PlainEffect.ApplyToOrder,
            Metadata = voucher.Field("metadata"),
            Validity = voucher.Validity,
            Category = voucher.Category,
            Rules = voucher.Campaign is { } campaign ? [.. rules.Of("voucher", voucher.Row.Id), .. rules.Of("campaign", campaign.Id)] : rules.Of("voucher", voucher.Row.Id),
            Session = held,
            Held = held is null ? null : JsonSerializer.Deserialize<SessionDocument>(held.Document.Utf8.Span, WireJson.Options),
            Formulas = new FormulaData
            {
                Redeemable = voucher.Field("metadata"),
                RedemptionQuantity = voucher.Quantity,
                RedeemedQuantity = voucher.Redeemed,
                PublishCount = voucher.Holder is null ? 0 : 1,
                Start = voucher.Validity.Start,
                Expiration = voucher.Validity.End,
            },
        };
    }

    private static RedemptionError? Refusal(PromotionTierEntry tier, CampaignEntry campaign, FilterSettings calendar, DateTimeOffset now) =>
        PromotionTimes.WhyNot(tier, campaign, calendar, now) is { } why ? RedemptionErrors.PromotionInactive(tier.Id, why) : null;

    private static RedemptionError? Refusal(VoucherView voucher, bool hasReward, FilterSettings calendar, DateTimeOffset now)
    {
        var code = voucher.Row.Code;
        // Points are spent on rewards.
        if (voucher.Row.Type == VoucherTypes.Loyalty && !hasReward)
        {
            return RedemptionErrors.MissingReward(code);
        }

        if (voucher.Campaign is { IsDeleted: true })
        {
            return RedemptionErrors.NotFound("voucher", code);
        }

        if (!voucher.Row.IsActive)
        {
            return RedemptionErrors.VoucherDisabled(code);
        }

        if (voucher.Campaign is { Row.IsActive: false })
        {
            return RedemptionErrors.CampaignDisabled(code);
        }

        return voucher.Validity.At(now, calendar) switch
        {
            ValidityState.Holds => null,
            ValidityState.NotYet => RedemptionErrors.NotActiveYet(code),
            ValidityState.Over => RedemptionErrors.Expired(code),
            ValidityState.Paused => RedemptionErrors.NotActiveNow(code),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
