namespace Marketing.Channels;

/// <summary>A breaker's answer to a call that wants to go out.</summary>
/// <param name="Allowed">Whether it may.</param>
/// <param name="IsProbe">Whether it is the one call that tries out a receiver that was failing.</param>
/// <param name="RetryAfter">Refused: when asking again makes sense.</param>
/// <param name="BurnsAttempt">Refused: whether the receiver has been failing for so long that this counts as an attempt.</param>
internal readonly record struct BreakerEntry(bool Allowed, bool IsProbe = false, TimeSpan RetryAfter = default, bool BurnsAttempt = false);

/// <summary>What the outcome of a call did to the breaker.</summary>
internal enum BreakerChange
{
    None,
    Opened,
    Closed,
}
