namespace Marketing.Campaigns;

/// <summary>Figures of a campaign since it was made. Amounts in minor units.</summary>
internal sealed record CampaignSummaryResponse
{
    public string Object { get; } = "campaign_summary";

    public required RawJson Campaign { get; init; }

    public required long Redemptions { get; init; }

    public required long RedemptionsSucceeded { get; init; }

    public required long RedemptionsFailed { get; init; }

    public required long Rollbacks { get; init; }

    public required long RollbacksSucceeded { get; init; }

    public required long RollbacksFailed { get; init; }

    public required long Validations { get; init; }

    public required long ValidationsSucceeded { get; init; }

    public required long ValidationsFailed { get; init; }

    public required long OrdersAmount { get; init; }

    public required long OrdersRolledbackAmount { get; init; }

    public required long VouchersCreated { get; init; }

    public required long VouchersDeleted { get; init; }

    /// <summary>Codes that have a holder; one publication may be of several.</summary>
    public required long VouchersPublished { get; init; }

    public required long Publications { get; init; }

    public required long PublicationsSucceeded { get; init; }

    public required long PublicationsFailed { get; init; }

    /// <summary>Of discount coupons and promotions.</summary>
    public long? DiscountedAmount { get; init; }

    /// <summary>Of discount coupons and promotions.</summary>
    public long? RolledbackDiscountedAmount { get; init; }

    /// <summary>Of gift cards, as the next ones: credits they began with.</summary>
    public long? CreatedVouchersAmount { get; init; }

    public long? AmountAdded { get; init; }

    public long? AmountDeleted { get; init; }

    public long? AmountRedeemed { get; init; }

    public long? AmountRolledback { get; init; }

    public long? AmountSubtracted { get; init; }

    /// <summary>Of loyalty programmes, as the next ones: points that were added by hand, and those that cards began with.</summary>
    public long? PointsAdded { get; init; }

    public long? PointsSubtracted { get; init; }

    /// <summary>By earning rules, without those that waited.</summary>
    public long? PointsRewarded { get; init; }

    public long? PointsRedeemed { get; init; }

    public long? PointsRolledback { get; init; }

    public long? PointsExpired { get; init; }

    public long? PointsTransferredIn { get; init; }

    public long? PointsTransferredOut { get; init; }

    /// <summary>Points that waited and became points.</summary>
    public long? PendingPointsActivated { get; init; }

    /// <summary>Of referral programmes: customers who were referred.</summary>
    public long? ReferredCustomers { get; init; }

    public static CampaignSummaryResponse From(CampaignSummary summary)
    {
        var isGift = summary.CampaignType == "GIFT_VOUCHERS";
        var isLoyalty = summary.CampaignType == "LOYALTY_PROGRAM";
        return new CampaignSummaryResponse
        {
            Campaign = summary.Campaign,
            Redemptions = Sum("redemptions"),
            RedemptionsSucceeded = Of("redemptions_succeeded"),
            RedemptionsFailed = Of("redemptions_failed"),
            Rollbacks = Sum("rollbacks"),
            RollbacksSucceeded = Of("rollbacks_succeeded"),
            RollbacksFailed = Of("rollbacks_failed"),
            Validations = Sum("validations"),
            ValidationsSucceeded = Of("validations_succeeded"),
            ValidationsFailed = Of("validations_failed"),
            OrdersAmount = Of("orders_amount"),
            OrdersRolledbackAmount = Of("orders_rolledback_amount"),
            VouchersCreated = Of("vouchers_created"),
            VouchersDeleted = Of("vouchers_deleted"),
            VouchersPublished = Of("vouchers_published"),
            Publications = Sum("publications"),
            PublicationsSucceeded = Of("publications_succeeded"),
            PublicationsFailed = Of("publications_failed"),
            DiscountedAmount = isGift ? null : Of("discounted_amount"),
            RolledbackDiscountedAmount = isGift ? null : Of("rolledback_discounted_amount"),
            CreatedVouchersAmount = isGift ? Of("created_vouchers_amount") : null,
            AmountAdded = isGift ? Of("amount_added") : null,
            AmountDeleted = isGift ? Of("amount_deleted") : null,
            AmountRedeemed = isGift ? Of("amount_redeemed") : null,
            AmountRolledback = isGift ? Of("amount_rolledback") : null,
            AmountSubtracted = isGift ? Of("amount_subtracted") : null,
            PointsAdded = OfPoints("points_added"),
            PointsSubtracted = OfPoints("points_subtracted"),
            PointsRewarded = OfPoints("points_rewarded"),
            PointsRedeemed = OfPoints("points_redeemed"),
            PointsRolledback = OfPoints("points_rolledback"),
            PointsExpired = OfPoints("points_expired"),
            PointsTransferredIn = OfPoints("points_transferred_in"),
            PointsTransferredOut = OfPoints("points_transferred_out"),
            PendingPointsActivated = OfPoints("pending_points_activated"),
            ReferredCustomers = summary.CampaignType == "REFERRAL_PROGRAM" ? Of("referred_customers") : null,
        };

        long? OfPoints(string figure) => isLoyalty ? Of(figure) : null;
        long Of(string figure) => summary.Figures[figure];
        long Sum(string what) => Of($"{what}_succeeded") + Of($"{what}_failed");
    }
}
