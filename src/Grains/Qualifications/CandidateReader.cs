using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Projects;
using Marketing.Promotions;
using Marketing.Redemptions;
using Marketing.Storage;
using Marketing.Validity;
using Marketing.Vouchers;

namespace Marketing.Qualifications;

/// <summary>Which of those in question are wanted.</summary>
/// <param name="Before">Only those whose <see cref="Candidate.Place"/> is less.</param>
/// <param name="Most">The most of a kind, the newest: nobody looks at more.</param>
internal readonly record struct CandidateWindow(long Before, int Most);

/// <summary>Finds what is in question. What a silo keeps in memory is all looked at; of what has to be read, the newest.</summary>
internal sealed class CandidateReader(ITableStore<VoucherRow> rows, ITableStore<HolderRow> holders, VoucherReads vouchers, SessionLocks sessions)
{
    /// <summary>The most codes that are read of a kind: given to the customer, without a campaign, of a campaign with one code.</summary>
    public const int MostOfKind = 100;

    /// <summary>Those that are in force, in no order.</summary>
    /// <param name="catalogue">The project's.</param>
    /// <param name="sources">Where from.</param>
    /// <param name="customerId">Who asks; null for somebody unknown.</param>
    /// <param name="customer">The same as stored; null for somebody unknown or new.</param>
    /// <param name="window">Which of them.</param>
    /// <param name="now">When.</param>
    public async Task<IReadOnlyList<Candidate>> ReadAsync(
        CatalogueSnapshot catalogue, QualificationSources sources, string? customerId, CustomerRow? customer, CandidateWindow window, DateTimeOffset now)
    {
        var found = new List<Candidate>();
        if (sources.HasFlag(QualificationSources.Tiers))
        {
            found.AddRange(TiersOf(catalogue, window, now));
        }

        if (sources.HasFlag(QualificationSources.Stacks))
        {
            found.AddRange(StacksOf(catalogue, now));
        }

        if (sources.HasFlag(QualificationSources.Campaigns) && customerId is not null)
        {
            found.AddRange(CampaignsOf(catalogue, customerId, window, now));
        }

        var wallet = sources.HasFlag(QualificationSources.Wallet) && customer is not null ? WalletAsync(catalogue.Project, customer.Number) : Nothing;
        var generic = sources.HasFlag(QualificationSources.Generic) ? rows.NewestWithoutAsync(catalogue.Project, MostOfKind) : Nothing;
        var single = sources.HasFlag(QualificationSources.Generic) ? SingleAsync(catalogue, now) : Nothing;
        var codes = (await Task.WhenAll(wallet, generic, single)).SelectMany(static some => some).DistinctBy(static row => row.Number)
            .Where(row => Candidate.PlaceOf(row.CreatedAt, row.Number) < window.Before).ToList();
        var views = await sessions.WithoutExpiredAsync(catalogue.Project, await vouchers.ViewAsync(catalogue, codes));
        found.AddRange(views
            .Where(view => view.Holder is null || view.Holder.Customer == customer?.Number)
            .Where(view => view.Holder is not null ? sources.HasFlag(QualificationSources.Wallet) : sources.HasFlag(QualificationSources.Generic))
            .Select(view => new Candidate([Redeemables.OfVoucher(catalogue, view, now)], view.Row.CreatedAt, view.Row.Number) { IsHeld = view.Holder is not null }));
        return [.. found.Where(one => one.Place < window.Before && IsInForce(one))];
    }

    private static bool IsInForce(Candidate candidate) => candidate.Redeemables.All(static part => part is { Refusal: null } and ({ IsGift: true } or { Discount: not null }));

    private static Task<IReadOnlyList<VoucherRow>> Nothing => Task.FromResult<IReadOnlyList<VoucherRow>>([]);

    // Made into candidates one by one, until there are enough.
    private static IEnumerable<Candidate> TiersOf(CatalogueSnapshot catalogue, CandidateWindow window, DateTimeOffset now) => catalogue.Section<PromotionSection>().Tiers
        .Where(tier => tier.IsActive && Candidate.PlaceOf(tier.Row.CreatedAt, tier.Number) < window.Before)
        .OrderByDescending(static tier => Candidate.PlaceOf(tier.Row.CreatedAt, tier.Number))
        .Select(tier => new Candidate([Redeemables.OfTier(catalogue, tier, null, now)], tier.Row.CreatedAt, tier.Number)).Where(IsInForce).Take(window.Most);

    private static IEnumerable<Candidate> StacksOf(CatalogueSnapshot catalogue, DateTimeOffset now)
    {
        var promotions = catalogue.Section<PromotionSection>();
        return promotions.Stacks
            .Select(stack => (Stack: stack, Tiers: stack.TierIds.Select(promotions.FindTier).OfType<PromotionTierEntry>().ToList()))
            .Where(static one => one.Tiers.Count > 0 && one.Tiers.Count == one.Stack.TierIds.Count)
            .Select(one => new Candidate([.. one.Tiers.Select(tier => Redeemables.OfTier(catalogue, tier, one.Stack, now))], one.Stack.Row.CreatedAt, one.Stack.Number) { Stack = one.Stack });
    }

    private static IEnumerable<Candidate> CampaignsOf(CatalogueSnapshot catalogue, string customerId, CandidateWindow window, DateTimeOffset now) => catalogue.Section<CampaignSection>().All
        .Where(campaign => campaign.Row is { IsActive: true, Type: not CampaignTypes.Standalone, CampaignType: CampaignTypes.Coupons or CampaignTypes.Gifts }
            && Candidate.PlaceOf(campaign.Row.CreatedAt, campaign.Number) < window.Before)
        .OrderByDescending(static campaign => Candidate.PlaceOf(campaign.Row.CreatedAt, campaign.Number))
        .Select(campaign => new Candidate([Redeemables.OfCampaign(catalogue, campaign, customerId, now)], campaign.Row.CreatedAt, campaign.Number)).Where(IsInForce).Take(window.Most);

    private async Task<IReadOnlyList<VoucherRow>> WalletAsync(int project, long customer)
    {
        var held = await holders.ListAsync(project, new TableQuery("-created_at", MostOfKind, 1) { Within = (HolderTable.Customer, customer) }, CancellationToken.None);
        return held.Items.Count == 0 ? [] : await rows.FindManyAsync(project, [.. held.Items.Select(static holder => holder.Number)]);
    }

    private Task<IReadOnlyList<VoucherRow>> SingleAsync(CatalogueSnapshot catalogue, DateTimeOffset now)
    {
        var calendar = catalogue.Section<ProjectSection>().Calendar;
        long[] campaigns =
        [
            .. catalogue.Section<CampaignSection>().All
                .Where(campaign => campaign.Row is { IsActive: true, Type: CampaignTypes.Standalone } && campaign.Current.Validity.At(now, calendar) == ValidityState.Holds)
                .OrderByDescending(static campaign => campaign.Row.CreatedAt).Take(MostOfKind).Select(static campaign => campaign.Number),
        ];
        return campaigns.Length == 0 ? Nothing : rows.FindManyAsync(catalogue.Project, VoucherTable.Campaign, campaigns, mostOfEach: 1);
    }
}
