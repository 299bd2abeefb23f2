namespace Marketing.Campaigns;

/// <summary>How the figures of a campaign are stored: a tally each. Whoever does what they count adds to them, in the same commit.</summary>
internal static class CampaignFigures
{
    public const string Created = "vouchers_created";
    public const string Generated = "vouchers_generated";
    public const string Deleted = "vouchers_deleted";
    /// <summary>Codes that have a holder; one publication may be of several.</summary>
    public const string Given = "vouchers_published";

    /// <summary>Customers who were referred with codes of it.</summary>
    public const string Referred = "referred_customers";

    public const string Published = "publications_succeeded";
    public const string NotPublished = "publications_failed";

    /// <summary>All that a summary shows.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        Created, Deleted, Given, Published, NotPublished, "redemptions_succeeded", "redemptions_failed", "rollbacks_succeeded", "rollbacks_failed", "validations_succeeded",
        "validations_failed", "orders_amount", "orders_rolledback_amount", "discounted_amount", "rolledback_discounted_amount", "created_vouchers_amount", "amount_added",
        "amount_deleted", "amount_redeemed", "amount_rolledback", "amount_subtracted", Referred, .. Points,
    ];

    /// <summary>Points of a loyalty programme's cards by what became of them, each without a sign.</summary>
    public static IReadOnlyList<string> Points =>
    [
        "points_added", "points_subtracted", "points_rewarded", "points_redeemed", "points_rolledback", "points_expired", "points_transferred_in", "points_transferred_out", "pending_points_activated",
    ];

    public static string Key(long campaign, string figure) => $"campaign/{campaign}/{figure}";
}
