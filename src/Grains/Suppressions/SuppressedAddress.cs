using Marketing.Customers;

namespace Marketing.Suppressions;

/// <summary>The spelling in which addresses of a channel are kept.</summary>
internal static class SuppressedAddress
{
    private const string TextMessages = "sms";

    /// <summary>Numbers with their country as they are dialled, everything else as mailboxes are compared.</summary>
    public static string KeyOf(string channel, string address) =>
        !IsMailbox(channel, address) && PhoneNumber.TryNormalize(address, null, out var number) ? number : EmailAddress.KeyOf(address);

    /// <summary>Whether it is to be read as a mailbox. What is suppressed for all channels may be either.</summary>
    public static bool IsMailbox(string channel, string address) =>
        channel != TextMessages && (channel != Suppression.AllChannels || address.Contains('@', StringComparison.Ordinal));
}
