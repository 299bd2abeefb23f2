namespace Marketing.Bench.Chaos;

/// <summary>What can happen.</summary>
internal enum ChaosKind
{
    /// <summary>A silo loses power and is started again.</summary>
    Kill,

    /// <summary>A silo gets no processor for a while.</summary>
    Freeze,

    /// <summary>The database is stopped as an operator does, and started again.</summary>
    DatabaseRestarts,

    /// <summary>The database loses power and is away for a while.</summary>
    DatabaseBreaks,

    /// <summary>A silo more, or, where there is one more already, one less.</summary>
    Join,

    /// <summary>A silo is stopped as an operator does, and started again.</summary>
    Restart,

    /// <summary>A distribution that sends is paused and resumed after a while.</summary>
    Pause,

    /// <summary>A manual distribution that sends is stopped.</summary>
    Stop,
}
