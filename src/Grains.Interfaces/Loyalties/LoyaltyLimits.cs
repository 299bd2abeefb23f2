namespace Marketing.Loyalties;

/// <summary>Limits of loyalty programmes.</summary>
public static class LoyaltyLimits
{
    /// <summary>The most points of a card, and of one change.</summary>
    public const long Points = 1_000_000_000_000;

    /// <summary>The most earning rules of a project.</summary>
    public const int RulesOfProject = 100;

    /// <summary>The most tiers of a programme.</summary>
    public const int TiersOfProgram = 100;

    /// <summary>The most cards that points are moved from at once.</summary>
    public const int Transfers = 20;

    /// <summary>The most days that points wait.</summary>
    public const int PendingDays = 90;

    /// <summary>The most bytes of a rule or a tier.</summary>
    public const int ObjectBytes = 32_768;
}
