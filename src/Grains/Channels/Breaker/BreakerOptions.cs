namespace Marketing.Channels;

/// <summary>How a receiver that does not answer is left alone.</summary>
/// <param name="Threshold">Failures in a row that open the breaker.</param>
/// <param name="FirstPause">How long nobody calls then.</param>
/// <param name="MaxPause">The longest pause; each failed probe doubles it up to here.</param>
/// <param name="ProbeWait">When those ask again who come while the probe is out.</param>
/// <param name="Patience">How long refusals cost no attempt.</param>
internal sealed record BreakerOptions(int Threshold, TimeSpan FirstPause, TimeSpan MaxPause, TimeSpan ProbeWait, TimeSpan Patience);
