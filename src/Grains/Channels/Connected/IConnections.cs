namespace Marketing.Channels;

/// <summary>The connections of projects. Asked for every message, so it answers from memory.</summary>
internal interface IConnections
{
    /// <summary>Which connection an entry of a draft goes over.</summary>
    /// <param name="project">Whose.</param>
    /// <param name="type">The type of the channel.</param>
    /// <param name="named">The one it names; null for the project's default.</param>
    ConnectionChoice Choose(int project, string type, string? named);

    /// <summary>Whether nothing about a connection has changed since it was given out.</summary>
    bool IsCurrent(ChannelConnection connection);
}

/// <summary>What an entry of a draft goes over.</summary>
/// <param name="Connection">The connection; null for what is built in, if the channel has that.</param>
/// <param name="IsMissing">It names one that is not there.</param>
internal readonly record struct ConnectionChoice(ChannelConnection? Connection, bool IsMissing)
{
    private static readonly DeliveryOutcome Missing = new DeliveryOutcome.PermanentFailure("the connection is not there any more");
    private static readonly DeliveryOutcome Paused = new DeliveryOutcome.TemporaryFailure("the connection is paused", BurnsAttempt: false);

    /// <summary>What becomes of a message that cannot go over it at present; null when it can.</summary>
    public DeliveryOutcome? WhyNot => IsMissing ? Missing
        : Connection is { Problem: { } problem } ? new DeliveryOutcome.TemporaryFailure(problem)
        : Connection is { IsPaused: true } ? Paused
        : null;
}
