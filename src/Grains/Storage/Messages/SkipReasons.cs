namespace Marketing.Storage;

/// <summary>Why a message was not sent although it was due. Every skipped row carries one of these.</summary>
internal static class SkipReasons
{
    public const string NoAddress = "no_address";
    public const string InvalidAddress = "invalid_address";
    public const string Unsubscribed = "unsubscribed";
    public const string Suppressed = "suppressed";
    public const string CustomerDeleted = "customer_deleted";
    public const string ChannelRemoved = "channel_removed";

    public static bool IsKnown(string? reason) =>
        reason is NoAddress or InvalidAddress or Unsubscribed or Suppressed or CustomerDeleted or ChannelRemoved;
}
