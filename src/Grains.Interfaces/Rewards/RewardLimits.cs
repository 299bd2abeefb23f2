namespace Marketing.Rewards;

/// <summary>Limits of rewards.</summary>
public static class RewardLimits
{
    /// <summary>The most rewards of a project.</summary>
    public const int RewardsOfProject = 1_000;

    /// <summary>The most assignments of a project.</summary>
    public const int AssignmentsOfProject = 5_000;

    /// <summary>The most assignments that are made at once.</summary>
    public const int AssignmentsAtOnce = 100;

    /// <summary>The largest stock.</summary>
    public const long Stock = 1_000_000_000;

    /// <summary>The most bytes of a reward.</summary>
    public const int ObjectBytes = 32_768;

    /// <summary>The most rewards that a card redeems by itself in one night.</summary>
    public const int RedeemedInNight = 25;
}
