namespace Marketing.Bench.Chaos;

/// <summary>Of which kind the things are that happen in a run.</summary>
internal enum ChaosMix
{
    /// <summary>Failures and planned changes.</summary>
    Mixed,

    /// <summary>What operators and shops do, and no failure.</summary>
    Planned,

    /// <summary>Silos that lose power, and nothing else.</summary>
    Crashes,
}
