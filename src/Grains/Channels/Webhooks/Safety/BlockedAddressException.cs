namespace Marketing.Channels.Webhooks;

/// <summary>
/// A receiver's name led only to addresses that must not be called. Carries none of them: the reason ends up where the author reads it.
/// </summary>
internal sealed class BlockedAddressException() : IOException("The target address is not public.");
