namespace Marketing.Projects;

/// <summary>How many messages an account may send, as the operator says. Every hand-over counts, whatever the channel; days and months are those of UTC.</summary>
public static class MessagePlans
{
    /// <summary>Before it was verified: 10 messages in all.</summary>
    public const string Trial = "trial";

    /// <summary>Verified and not paid for: 10 messages a day and 100 a month.</summary>
    public const string VerifiedTrial = "verified_trial";

    /// <summary>No limit.</summary>
    public const string Paid = "paid";

    /// <summary>The limits of a plan.</summary>
    /// <param name="plan">One of the above; null is <see cref="Paid"/>.</param>
    public static IReadOnlyList<MessageLimit> LimitsOf(string? plan) => plan switch
    {
        Trial => [new MessageLimit("total", 10)],
        VerifiedTrial => [new MessageLimit("day", 10), new MessageLimit("month", 100)],
        _ => [],
    };
}

/// <summary>A limit of messages.</summary>
/// <param name="Per"><c>total</c>, <c>day</c> or <c>month</c>.</param>
/// <param name="Messages">At most so many.</param>
[GenerateSerializer, Immutable, Alias("message-limit")]
public sealed record MessageLimit([property: Id(0)] string Per, [property: Id(1)] long Messages)
{
    /// <summary>How many were handed over so far.</summary>
    [Id(2)] public long Used { get; init; }
}
