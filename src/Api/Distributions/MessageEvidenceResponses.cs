namespace Marketing.Distributions;

/// <summary>How a message was tried.</summary>
internal sealed record MessageAttemptsResponse(MessageResponse Message, IReadOnlyList<MessageAttempt> Attempts)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "attempts";

    public int Total => Attempts.Count;
}

/// <summary>A message as it was or will be sent.</summary>
/// <param name="Message">The message.</param>
/// <param name="Content">As in a preview of its channel: an email has a subject, HTML and text.</param>
/// <param name="RenderedAt">When it was rendered: from the customer, the draft and the codes as they were then.</param>
/// <param name="Anew">Whether it was handed over before, so that what arrived may have been another.</param>
internal sealed record RenderedMessageResponse(MessageResponse Message, RawJson Content, DateTimeOffset RenderedAt, bool Anew)
{
    public string Object { get; } = "rendered_message";
}
