namespace Marketing.Channels.Sms;

/// <summary>A text message for one number.</summary>
/// <param name="MessageId">Stable over retries; providers carry it back in their receipts.</param>
/// <param name="To">E.164.</param>
/// <param name="Text">As it is read.</param>
/// <param name="ReceiptsUrl">Where to report what became of it; null for nowhere.</param>
internal sealed record SmsItem(string MessageId, string To, string Text, string? ReceiptsUrl) : ProviderItem(MessageId)
{
    /// <summary>The number without its plus.</summary>
    public string Digits => To[1..];
}

/// <summary>A provider of text messages: takes one at a time, and may call back.</summary>
internal interface ISmsProvider : IHttpProvider
{
    /// <summary>What a call to the connection's address says. Decided on the call alone; nothing is remembered.</summary>
    SmsReport Read(ChannelConnection connection, HookCall call, DateTimeOffset now);

    /// <summary>Hands one message over.</summary>
    Task<DeliveryOutcome> DeliverAsync(ProviderCall call, SmsItem item);

    async Task<IReadOnlyList<DeliveryOutcome>> IHttpProvider.DeliverAsync(ProviderCall call, IReadOnlyList<ProviderItem> items) => [await DeliverAsync(call, (SmsItem)items[0])];
}

/// <summary>What a provider reported.</summary>
internal abstract record SmsReport
{
    /// <summary>Nobody can tell that it comes from the provider.</summary>
    public sealed record Forged : SmsReport;

    /// <summary>Nothing that anybody waits for, as a state on the way.</summary>
    public sealed record Nothing : SmsReport;

    /// <summary>What became of a message.</summary>
    /// <param name="MessageId">As it was handed over.</param>
    /// <param name="IsDelivered">Whether it reached the phone.</param>
    /// <param name="Reason">Why not.</param>
    public sealed record Receipt(string MessageId, bool IsDelivered, string? Reason) : SmsReport;

    /// <summary>Somebody wrote.</summary>
    /// <param name="From">The number, as the provider writes it.</param>
    /// <param name="Text">What.</param>
    public sealed record Reply(string From, string Text) : SmsReport;
}
