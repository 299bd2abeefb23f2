namespace Marketing.Storage;

/// <summary>Why a message was not sent although it was due. Every skipped row carries one of these.</summary>
internal static class SkipReasons
{
    public const string NoAddress = "no_address";
    public const string InvalidAddress = "invalid_address";
    public const string Unsubscribed = "unsubscribed";
    public const string Suppressed = "suppressed";
    public const string OptedOut = "opted_out";
    public const string CustomerDeleted = "customer_deleted";
    public const string ChannelRemoved = "channel_removed";
    public const string Redeemed = "redeemed";
    public const string CodeDeleted = "code_deleted";
    public const string CodeDisabled = "code_disabled";
    public const string CodeExpired = "code_expired";
    public const string NoExpiration = "no_expiration";
    public const string TooLate = "too_late";
    public const string OrderPaid = "order_paid";
    public const string OrderCanceled = "order_canceled";
    public const string LeftSegment = "left_segment";
    public const string DuplicateAddress = "duplicate_address";
    public const string FrequencyCap = "frequency_cap";
    public const string AccountLimit = "account_limit";

    /// <summary>What a reason for which an address is not written to is called of a message.</summary>
    public static string OfSuppression(string reason) => reason is Unsubscribed or OptedOut ? reason : Suppressed;

    public static bool IsKnown(string? reason) =>
        reason is NoAddress or InvalidAddress or Unsubscribed or Suppressed or OptedOut or CustomerDeleted or ChannelRemoved
            or Redeemed or CodeDeleted or CodeDisabled or CodeExpired or NoExpiration or TooLate or OrderPaid or OrderCanceled or LeftSegment
            or DuplicateAddress or FrequencyCap or AccountLimit;
}
