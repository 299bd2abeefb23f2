using Marketing.Customers;

namespace Marketing.Publications;

/// <summary>What to publish to whom: a code, or any of a campaign.</summary>
internal sealed record PublicationRequest
{
    /// <summary>The customer with id or source id, and fields of the profile that come with it.</summary>
    public required CustomerRequest Customer { get; init; }

    /// <summary>The code. It wins over a campaign.</summary>
    public string? Voucher { get; init; }

    /// <summary>The campaign whose codes are free, and how many of them.</summary>
    public PublicationCampaign? Campaign { get; init; }

    /// <summary>Your id of the publication, which no other has.</summary>
    public string? SourceId { get; init; }

    /// <summary>How it goes out; API where it is absent.</summary>
    public string? Channel { get; init; }

    public RawJson? Metadata { get; init; }
}

/// <summary>Codes of a campaign.</summary>
internal sealed record PublicationCampaign
{
    /// <summary>Name or id.</summary>
    public required string Name { get; init; }

    /// <summary>How many, 1 to 50.</summary>
    public int? Count { get; init; }
}

/// <summary>A page of publications.</summary>
internal sealed record PublicationListResponse(IReadOnlyList<RawJson> Publications, long Total)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "publications";

    /// <summary>Whether there are more than total.</summary>
    public bool? TotalIsMinimum { get; init; }
}
