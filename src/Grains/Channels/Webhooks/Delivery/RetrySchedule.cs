namespace Marketing.Channels.Webhooks;

/// <summary>Turns "so long after the first attempt" into "so long after the previous one".</summary>
internal sealed class RetrySchedule(IReadOnlyList<TimeSpan> sinceFirstAttempt)
{
    /// <summary>The wait after the given number of failed attempts, or null when none is left.</summary>
    public TimeSpan? DelayAfter(int failedAttempts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failedAttempts, 1);
        if (failedAttempts > sinceFirstAttempt.Count)
        {
            return null;
        }

        var previous = failedAttempts == 1 ? TimeSpan.Zero : sinceFirstAttempt[failedAttempts - 2];
        return sinceFirstAttempt[failedAttempts - 1] - previous;
    }
}
