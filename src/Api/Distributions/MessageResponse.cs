namespace Marketing.Distributions;

/// <summary>One message: one recipient, one channel, one occurrence of the trigger.</summary>
internal sealed record MessageResponse
{
    public required string Id { get; init; }

    public string Object { get; } = "message";

    /// <summary>Absent when the customer was deleted since.</summary>
    public string? CustomerId { get; init; }

    public required string Channel { get; init; }

    /// <summary>Where the channel reaches the customer now; absent where it writes to no address, and in entries of activity.</summary>
    public string? Address { get; init; }

    /// <summary><c>queued</c>, <c>retrying</c>, <c>sending</c>, <c>sent</c>, <c>failed</c>, <c>skipped</c> or <c>canceled</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it failed, was skipped or is retried.</summary>
    public string? Reason { get; init; }

    public int Attempts { get; init; }

    /// <summary>Sent after a failure.</summary>
    public bool Recovered { get; init; }

    /// <summary>A crash interrupted a hand-off, so it may have been delivered twice.</summary>
    public bool Uncertain { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset DueAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>
    /// What was reported after the message was taken; absent where nothing was. Of text messages <c>delivered</c> or <c>undelivered</c>, of mail <c>delivered</c>, <c>soft_bounced</c>, <c>bounced</c> or
    /// <c>complained</c>.
    /// </summary>
    public string? Delivery { get; init; }

    /// <summary>Why it was not delivered.</summary>
    public string? DeliveryReason { get; init; }

    /// <summary>What was done with it, where its mail is tracked and something was.</summary>
    public MessageVisit? Visit { get; init; }

    /// <summary>The event that started it.</summary>
    public string? EventId { get; init; }

    public static MessageResponse From(Message message) => new()
    {
        Id = message.Id,
        CustomerId = message.CustomerId,
        Channel = message.Channel,
        Address = message.Address,
        Status = message.Status,
        Reason = message.Reason,
        Attempts = message.Attempts,
        Recovered = message.Recovered,
        Uncertain = message.Uncertain,
        CreatedAt = message.CreatedAt,
        DueAt = message.DueAt,
        FinishedAt = message.FinishedAt,
        EventId = message.EventId,
        Delivery = message.Delivery,
        DeliveryReason = message.DeliveryReason,
        Visit = message.Visit,
    };
}

/// <summary>One entry of a distribution's activity.</summary>
internal sealed record DistributionEventResponse(string Id, string Type, DateTimeOffset CreatedAt, MessageResponse? Message, string? Detail)
{
    public string Object { get; } = "distribution_event";

    public static DistributionEventResponse From(DistributionEvent happened) =>
        new(happened.Id, happened.Type, happened.CreatedAt, happened.Message is { } message ? MessageResponse.From(message) : null, happened.Detail);
}
