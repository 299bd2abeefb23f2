namespace Marketing.Channels;

/// <summary>Makes the gates of connections that have a limit.</summary>
internal sealed class SendGates(ISendSlots slots, TimeProvider clock)
{
    /// <summary>Null where there is no limit: then nothing is asked for, ever.</summary>
    public SendGate? Of(ChannelConnection connection) => connection.PerSecond is null ? null : new SendGate(connection, slots, clock);
}
