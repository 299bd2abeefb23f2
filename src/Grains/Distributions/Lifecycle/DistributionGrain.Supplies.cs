using Microsoft.Extensions.Logging;

namespace Marketing.Distributions;

/// <summary>Says once, while there is time, that what it gives runs low; again when it did after there was enough.</summary>
internal sealed partial class DistributionGrain
{
    private static readonly TimeSpan LookAtSuppliesEvery = TimeSpan.FromSeconds(2);

    private long? _suppliesLooked;
    private IGrainTimer? _supplies;

    // Lanes tell of every batch; what they took last is looked at too.
    public Task CheckSuppliesAsync()
    {
        var wait = _suppliesLooked is { } looked ? LookAtSuppliesEvery - clock.GetElapsedTime(looked) : TimeSpan.Zero;
        _supplies ??= this.RegisterGrainTimer(
            LookAtSuppliesAsync, new GrainTimerCreationOptions(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan) { Interleave = true });
        return Task.CompletedTask;
    }

    private async Task LookAtSuppliesAsync()
    {
        _suppliesLooked = clock.GetTimestamp();
        _supplies?.Dispose();
        _supplies = null;
        if (State is not { Exists: true, Unread: null } || (await ViewAsync()) is not { } view)
        {
            return;
        }

        var warning = view.Warning;
        if (await SaveIfAsync(() => IsNews(warning is not null), warning is null ? null : "distribution.supplies_low", warning) && warning is not null)
        {
            LogSuppliesLow(_id, warning);
        }
    }

    private bool IsNews(bool low)
    {
        if (State is not { Exists: true, Unread: null, Status: DistributionStatuses.Live or DistributionStatuses.Sending or DistributionStatuses.Scheduled or DistributionStatuses.WaitingForSegment }
            || State.SuppliesAreLow == low)
        {
            return false;
        }

        State.SuppliesAreLow = low;
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "What distribution {DistributionId} gives runs low: {Warning}")]
    private partial void LogSuppliesLow(string distributionId, string warning);
}
