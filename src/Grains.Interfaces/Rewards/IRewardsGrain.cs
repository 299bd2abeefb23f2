namespace Marketing.Rewards;

/// <summary>Rewards of one project and their assignments to loyalty programmes, whose changes are taken one at a time. Keyed by project number.</summary>
[Alias("rewards"), GrainInterfaceType("rewards")]
public interface IRewardsGrain : IGrainWithIntegerKey
{
    /// <summary>Makes a reward; answers it. Repeating it with the same id answers it as it is.</summary>
    [Alias("create")]
    Task<RewardResult> CreateAsync(RewardCommand command, CommandContext context);

    /// <summary>Changes what is given of a reward; its type stays. What was redeemed stays. Repeating it changes nothing.</summary>
    [Alias("change")]
    Task<RewardResult> ChangeAsync(RewardCommand command);

    /// <summary>Deletes a reward that is assigned to nothing; otherwise it is <see cref="RewardResult.InUse"/>.</summary>
    [Alias("delete")]
    Task<RewardResult> DeleteAsync(string rewardId);

    /// <summary>
    /// Assigns rewards to programmes, all or none; answers the assignments. Each pair once: the second time it is <see cref="RewardResult.Duplicate"/>. Repeating it with the same ids answers them as they are.
    /// </summary>
    [Alias("assign")]
    Task<RewardResult> AssignAsync(IReadOnlyList<RewardAssignmentCommand> commands, CommandContext context);

    /// <summary>Changes what a reward costs in a programme, and whether it is redeemed by itself. Repeating it changes nothing.</summary>
    [Alias("change-assignment")]
    Task<RewardResult> ChangeAssignmentAsync(RewardAssignmentChange change);

    /// <summary>Ends an assignment: nobody redeems the reward with points of the programme any more. False when there was none.</summary>
    /// <param name="assignment">Which, and of what.</param>
    [Alias("unassign")]
    Task<bool> UnassignAsync(RewardAssignmentReference assignment);
}

/// <summary>What the caller says of a reward.</summary>
[GenerateSerializer, Immutable, Alias("reward-command")]
public sealed record RewardCommand
{
    /// <summary><c>rew_…</c></summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The name; null for as it is.</summary>
    [Id(1)] public string? Name { get; init; }

    /// <summary>CAMPAIGN, COIN or MATERIAL; null for what the parameters say.</summary>
    [Id(2)] public string? Type { get; init; }

    /// <summary>The wire's <c>parameters</c>; null for as they are.</summary>
    [Id(3)] public RawJson? Parameters { get; init; }

    /// <summary>Whether anything is said of the stock.</summary>
    [Id(4)] public bool HasStock { get; init; }

    /// <summary>How many there are left; null for without a limit.</summary>
    [Id(5)] public long? Stock { get; init; }

    /// <summary>The wire's <c>attributes</c>, merged key by key; null for as they are.</summary>
    [Id(6)] public RawJson? Attributes { get; init; }

    /// <summary>A JSON object, merged key by key; null for as it is.</summary>
    [Id(7)] public RawJson? Metadata { get; init; }
}

/// <summary>A reward that is to be had for points of a programme.</summary>
[GenerateSerializer, Immutable, Alias("reward-assignment-command")]
public sealed record RewardAssignmentCommand
{
    /// <summary><c>rewa_…</c></summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The reward's id.</summary>
    [Id(1)] public required string Reward { get; init; }

    /// <summary>The programme, by id or name.</summary>
    [Id(2)] public required string Campaign { get; init; }

    /// <summary>What it costs; null for what is paid with points by its own ratio.</summary>
    [Id(3)] public long? Points { get; init; }

    /// <summary>Whether it is redeemed by itself once there are as many points.</summary>
    [Id(4)] public bool AutoRedeem { get; init; }

    /// <summary>Validation rules that must hold, by id.</summary>
    [Id(5)] public IReadOnlyList<string> Rules { get; init; } = [];
}

/// <summary>An assignment, named by the path it was asked for with.</summary>
/// <param name="Id">Assignment id.</param>
/// <param name="Reward">The reward it must be of; null for any.</param>
/// <param name="Campaign">The programme it must be of, by id or name; null for any.</param>
[GenerateSerializer, Immutable, Alias("reward-assignment-reference")]
public sealed record RewardAssignmentReference([property: Id(0)] string Id, [property: Id(1)] string? Reward, [property: Id(2)] string? Campaign);

/// <summary>A change of an assignment.</summary>
/// <param name="Assignment">Which.</param>
/// <param name="Points">What it costs; null for as it is.</param>
/// <param name="AutoRedeem">Whether it is redeemed by itself; null for as it is.</param>
[GenerateSerializer, Immutable, Alias("reward-assignment-change")]
public sealed record RewardAssignmentChange([property: Id(0)] RewardAssignmentReference Assignment, [property: Id(1)] long? Points, [property: Id(2)] bool? AutoRedeem);

/// <summary>Answer to a change of rewards.</summary>
[GenerateSerializer, Immutable, Alias("reward-result")]
public abstract record RewardResult
{
    /// <summary>Durable: the answer as wire JSON.</summary>
    [GenerateSerializer, Immutable, Alias("reward-result.saved")]
    public sealed record Saved([property: Id(0)] RawJson Document) : RewardResult;

    /// <summary>Durable: several answers as wire JSON.</summary>
    [GenerateSerializer, Immutable, Alias("reward-result.all-saved")]
    public sealed record AllSaved([property: Id(0)] IReadOnlyList<RawJson> Documents) : RewardResult;

    /// <summary>It is gone.</summary>
    [GenerateSerializer, Immutable, Alias("reward-result.gone")]
    public sealed record Gone : RewardResult;

    /// <summary>There is no such thing: <c>reward</c>, <c>reward_assignment</c>, <c>campaign</c>, <c>product</c>, <c>sku</c>, <c>validation_rule</c>.</summary>
    [GenerateSerializer, Immutable, Alias("reward-result.not-found")]
    public sealed record NotFound([property: Id(0)] string Type, [property: Id(1)] string Id) : RewardResult;

    /// <summary>Fields are wrong: each with its path in the request.</summary>
    [GenerateSerializer, Immutable, Alias("reward-result.invalid")]
    public sealed record Invalid([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : RewardResult;

    /// <summary>A field has to be there for a reward of its type.</summary>
    [GenerateSerializer, Immutable, Alias("reward-result.missing")]
    public sealed record Missing([property: Id(0)] string Field) : RewardResult;

    /// <summary>How much a campaign gives is no good.</summary>
    [GenerateSerializer, Immutable, Alias("reward-result.invalid-balance")]
    public sealed record InvalidBalance([property: Id(0)] string CampaignType) : RewardResult;

    /// <summary>Metadata is not as the project's schemas say.</summary>
    [GenerateSerializer, Immutable, Alias("reward-result.invalid-metadata")]
    public sealed record InvalidMetadata([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : RewardResult;

    /// <summary>The reward is assigned to the programme already.</summary>
    [GenerateSerializer, Immutable, Alias("reward-result.duplicate")]
    public sealed record Duplicate([property: Id(0)] string AssignmentId) : RewardResult;

    /// <summary>Something depends on it.</summary>
    [GenerateSerializer, Immutable, Alias("reward-result.in-use")]
    public sealed record InUse([property: Id(0)] IReadOnlyList<string> AssignmentIds, [property: Id(1)] string RewardId) : RewardResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("reward-result.key-reused")]
    public sealed record KeyReused : RewardResult;

    /// <summary>The same request was done before, and what it made was deleted since.</summary>
    [GenerateSerializer, Immutable, Alias("reward-result.deleted")]
    public sealed record Deleted([property: Id(0)] string Type, [property: Id(1)] string Id) : RewardResult;
}
