namespace Marketing.Bench.Chaos;

/// <summary>A stop or a pause, and when what it said held.</summary>
/// <param name="Distribution">Of which.</param>
/// <param name="Name">stop or pause.</param>
/// <param name="Asked">When it was asked for.</param>
/// <param name="Answered">When the answer was there.</param>
/// <param name="Connections">How many the silos had to its receiver.</param>
internal sealed record ChaosCommand(ChaosDistribution Distribution, string Name, DateTimeOffset Asked, DateTimeOffset Answered, int Connections)
{
    /// <summary>When it was resumed; what begins after that is none of the pause's.</summary>
    public DateTimeOffset Resumed { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>When its resumption was answered; an event in between may have started nothing.</summary>
    public DateTimeOffset ResumedFor { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>How long it took until nothing was shown as being sent; null: it was resumed before.</summary>
    public TimeSpan? Quiet { get; set; }

    /// <summary>The same; at least so long where it was resumed before.</summary>
    public TimeSpan ToQuiet => Quiet ?? Resumed - Answered;

    public override string ToString() => $"{Name} of {Distribution.Id}";
}
