namespace Marketing.Rewards;

/// <summary>Reads over the rewards of one project. Keyed by project number; any number of activations. Programmes are found by id or name, cards by code or id.</summary>
[Alias("reward-queries"), GrainInterfaceType("reward-queries")]
public interface IRewardQueriesGrain : IGrainWithIntegerKey
{
    /// <summary>A reward as wire JSON, or null.</summary>
    [Alias("find")]
    Task<RawJson?> FindAsync(string rewardId, CancellationToken cancellation = default);

    /// <summary>A page of rewards, the newest first.</summary>
    /// <param name="assignment">Only the reward of an assignment; null for all.</param>
    /// <param name="limit">1 to 100.</param>
    /// <param name="page">From 1.</param>
    /// <param name="cancellation">Nobody wants it any more.</param>
    [Alias("list")]
    Task<Page<RawJson>> ListAsync(string? assignment, int limit, int page, CancellationToken cancellation = default);

    /// <summary>An assignment as wire JSON, or null.</summary>
    [Alias("find-assignment")]
    Task<RawJson?> FindAssignmentAsync(RewardAssignmentReference assignment, CancellationToken cancellation = default);

    /// <summary>The reward of an assignment as wire JSON, or null.</summary>
    [Alias("reward-of")]
    Task<RawJson?> RewardOfAsync(RewardAssignmentReference assignment, CancellationToken cancellation = default);

    /// <summary>Assignments of a reward, the newest first; null where there is no such reward.</summary>
    [Alias("assignments-of-reward")]
    Task<Page<RawJson>?> AssignmentsOfRewardAsync(string rewardId, int limit, int page, CancellationToken cancellation = default);

    /// <summary>Assignments of a programme, the newest first; null where there is no such programme.</summary>
    /// <param name="program">The programme.</param>
    /// <param name="assignment">Only this one; null for all.</param>
    /// <param name="limit">1 to 100.</param>
    /// <param name="page">From 1.</param>
    /// <param name="cancellation">Nobody wants it any more.</param>
    [Alias("assignments-of-program")]
    Task<Page<RawJson>?> AssignmentsOfProgramAsync(string program, string? assignment, int limit, int page, CancellationToken cancellation = default);

    /// <summary>What a member can have for points, with what it costs in the tier that the member is in; null where there is no such card.</summary>
    /// <param name="member">The card.</param>
    /// <param name="affordableOnly">Whether only what there are enough points for.</param>
    /// <param name="cancellation">Nobody wants it any more.</param>
    [Alias("of-member")]
    Task<IReadOnlyList<RawJson>?> OfMemberAsync(string member, bool affordableOnly, CancellationToken cancellation = default);

    /// <summary>What members of a tier can have, with what it costs there; null where there is no such tier.</summary>
    [Alias("of-tier")]
    Task<IReadOnlyList<RawJson>?> OfTierAsync(string program, string tierId, CancellationToken cancellation = default);
}

/// <summary>How the grains of rewards are addressed.</summary>
public static class RewardAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>The rewards of a project.</summary>
        public IRewardsGrain Rewards(int project) => grains.At<IRewardsGrain>(GrainAddresses.Key(project));

        /// <summary>Reads over the rewards of a project.</summary>
        public IRewardQueriesGrain RewardQueries(int project) => grains.At<IRewardQueriesGrain>(GrainAddresses.Key(project));
    }
}
