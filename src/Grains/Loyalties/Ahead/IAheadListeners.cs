using Marketing.Catalogue;

namespace Marketing.Loyalties;

/// <summary>Who wants to know of members what is going to happen to them.</summary>
internal interface IAheadListeners
{
    /// <summary>What is wanted now of the members of a programme, each once; empty for nothing, which costs a look into memory.</summary>
    /// <param name="catalogue">The project's.</param>
    /// <param name="campaign">Id of the programme.</param>
    /// <param name="now">When.</param>
    IReadOnlyList<WantedAhead> Of(CatalogueSnapshot catalogue, string campaign, DateTimeOffset now);
}

/// <summary>Something that is told ahead.</summary>
/// <param name="Type">The type of the event.</param>
/// <param name="Within">How many days, or points, ahead.</param>
internal readonly record struct WantedAhead(string Type, long Within);

/// <summary>What of a member was told ahead, so that it is told once. Names are the stored format.</summary>
/// <param name="Type">The type of the event.</param>
/// <param name="Within">How many days, or points, ahead.</param>
/// <param name="Of">Of what: the last day of points; a tier and its last day; the tier that is near.</param>
/// <param name="Until">The day after which it is forgotten; null for when it is not so any more.</param>
internal sealed record ToldAhead(string Type, long Within, string Of, DateOnly? Until);

/// <summary>An event that tells something ahead, for distributions that want it so long ahead.</summary>
/// <param name="Within">How many days, or points.</param>
internal sealed record MemberAhead(long Within);
