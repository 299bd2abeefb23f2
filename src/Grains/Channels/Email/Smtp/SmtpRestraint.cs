namespace Marketing.Channels.Email.Smtp;

/// <summary>What keeps mail from a server although it could be reached.</summary>
/// <param name="connection">Whose server it is.</param>
/// <param name="gate">Its limit; null for none.</param>
/// <param name="isCurrent">Whether the connection is still as it was.</param>
internal sealed class SmtpRestraint(ChannelConnection connection, SendGate? gate, Func<bool> isCurrent)
{
    public bool IsPaused => connection.IsPaused;

    public SendGate? Gate => gate;

    /// <summary>Whether the line is still the one for it. What waits in another is given back.</summary>
    public bool IsCurrent => isCurrent();

    public int AtOnce(int connections) => connection.AtOnce(connections);
}
