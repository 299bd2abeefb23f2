namespace Marketing.Publications;

/// <summary>What is stored of a publication beside its columns. Names are the stored format.</summary>
internal sealed record PublicationDocument
{
    /// <summary>Ids of the vouchers.</summary>
    public IReadOnlyList<string> VoucherIds { get; init; } = [];

    /// <summary>Their codes.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>The source id of the customer at that time.</summary>
    public string? TrackingId { get; init; }

    public required string Channel { get; init; }

    public required RawJson Metadata { get; init; }

    /// <summary>The key of the reason why it failed.</summary>
    public string? FailureCode { get; init; }

    public string? FailureMessage { get; init; }

    /// <summary>The code that could not be published.</summary>
    public string? WantedCode { get; init; }
}
