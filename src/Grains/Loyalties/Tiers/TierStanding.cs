namespace Marketing.Loyalties;

/// <summary>The tier that a member is in. What is not there any more is remembered with what it began at, so that it is known whether the next is higher.</summary>
/// <param name="Tier">Tier id.</param>
/// <param name="From">At how many points it began.</param>
/// <param name="Starts">Its first day.</param>
/// <param name="Ends">Its last day; null while the balance decides.</param>
/// <param name="CreatedAt">When the member came into it.</param>
/// <param name="UpdatedAt">When it was prolonged.</param>
[GenerateSerializer, Immutable, Alias("loyalty-tier-standing")]
internal sealed record TierStanding(
    [property: Id(0)] string Tier, [property: Id(1)] long From, [property: Id(2)] DateOnly Starts, [property: Id(3)] DateOnly? Ends, [property: Id(4)] DateTimeOffset CreatedAt,
    [property: Id(5)] DateTimeOffset? UpdatedAt);

/// <summary>What became of a member's tier.</summary>
internal enum TierMove
{
    None,
    Joined,
    Left,
    Upgraded,
    Downgraded,
    Prolonged,
}

/// <summary>Points by which a tier is reached.</summary>
/// <param name="Balance">What is on the card.</param>
/// <param name="Period">The first day of the period that points are collected in.</param>
/// <param name="Collected">Points that were collected in it.</param>
/// <param name="Before">And in the one before.</param>
/// <param name="Earlier">And in those before that, the latest first.</param>
internal readonly record struct TierPoints(long Balance, DateOnly Period, long Collected, long Before, IReadOnlyList<long>? Earlier = null)
{
    /// <summary>The same by how many periods ago it was.</summary>
    public long CollectedIn(int ago) => ago switch
    {
        0 => Collected,
        1 => Before,
        _ => Earlier![ago - 2],
    };
}

/// <summary>A range of points that has a name.</summary>
/// <param name="Id">Tier id.</param>
/// <param name="From">From so many points on, up to where the next one begins.</param>
internal readonly record struct TierRange(string Id, long From);
