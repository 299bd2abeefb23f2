namespace Marketing.Channels.Sms;

/// <summary>Where providers report what became of messages.</summary>
internal interface IReceiptAddresses
{
    /// <summary>The public address; null where the deployment does not know its own.</summary>
    /// <param name="connection">Over which it went.</param>
    /// <param name="messageId">Null for what is about no message.</param>
    string? Of(ChannelConnection connection, string? messageId);
}
