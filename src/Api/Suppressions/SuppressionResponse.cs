using Marketing.Http;

namespace Marketing.Suppressions;

/// <summary>A suppressed address.</summary>
internal sealed record SuppressionResponse(string Channel, string Address, string Reason, DateTimeOffset CreatedAt)
{
    /// <summary>The id of the topic it is about; without one it is about everything.</summary>
    public string? Topic { get; init; }

    public string Object { get; } = "suppression";

    public static SuppressionResponse From(Suppression suppression) =>
        new(suppression.Channel, suppression.Address, suppression.Reason, suppression.CreatedAt) { Topic = suppression.Topic };
}

/// <summary>A page of suppressed addresses.</summary>
internal sealed record SuppressionListResponse(IReadOnlyList<SuppressionResponse> Data, long Total, bool HasMore)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "data";

    /// <summary>True where there are more than <c>total</c>, which then says how far was counted.</summary>
    public bool? TotalIsMinimum { get; init; }
}

/// <summary>An address to suppress.</summary>
[AnsweredAs(typeof(SuppressionResponse))]
internal sealed record SuppressionRequest
{
    /// <summary>The channel type, for example <c>email</c>, or <c>all</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>Compared in lower case and, where the domain has letters beyond ASCII, in its <c>xn--</c> form, which is how it is answered.</summary>
    public required string Address { get; init; }

    /// <summary><c>unsubscribed</c>, <c>bounced</c>, <c>complained</c> or <c>manual</c> (default).</summary>
    public string? Reason { get; init; }

    /// <summary>The id of a topic: only what is about that is not sent. Without one, nothing is.</summary>
    public string? Topic { get; init; }
}
