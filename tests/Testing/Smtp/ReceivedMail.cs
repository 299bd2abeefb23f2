namespace Marketing.Testing;

/// <summary>One mail a sink took responsibility for.</summary>
/// <param name="MessageId">With its angle brackets removed.</param>
/// <param name="From">Envelope sender.</param>
/// <param name="To">Envelope recipients.</param>
/// <param name="Subject">As on the wire, possibly encoded.</param>
/// <param name="Text">The whole message, if the sink keeps texts.</param>
/// <param name="Connection">Which connection it came through, counted from 1.</param>
/// <param name="ReceivedAt">When it was in.</param>
public sealed record ReceivedMail(
    string MessageId, string From, IReadOnlyList<string> To, string Subject, string? Text, int Connection, DateTimeOffset ReceivedAt);
