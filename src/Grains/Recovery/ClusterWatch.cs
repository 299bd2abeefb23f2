using Marketing.Distributions.Lanes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketing.Recovery;

/// <summary>
/// Acts when silos come and go: lanes move to the silo they belong to now, and what a lost silo worked on is taken up at once instead of at the next
/// tick of a reminder.
/// </summary>
internal sealed partial class ClusterWatch(
    IClusterMembershipService membership, ILocalSiloDetails local, LocalLanes lanes, TakeOver takeOver, ILogger<ClusterWatch> logger) : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1.5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        HashSet<SiloAddress> before = [local.SiloAddress];
        try
        {
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
            {
                HashSet<SiloAddress> active =
                    [.. snapshot.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress)];
                if (active.SetEquals(before))
                {
                    continue;
                }

                lanes.Rebalance(active);

                // One silo is enough, and all agree on which; should it not have heard of the loss, the reminder comes.
                if (before.Except(active).Any() && active.Min() is { } first && first.Equals(local.SiloAddress))
                {
                    LogTakingOver();
                    TakeOverAsync(stoppingToken).Ignore();
                }

                before = active;
            }
        }
        catch (OperationCanceledException)
        {
            // The silo ends.
        }
    }

    // Twice: what wakes a lane is a hint that nobody answers, and one of the first round may still have been led to the silo that is gone.
    private async Task TakeOverAsync(CancellationToken stoppingToken)
    {
        await takeOver.RunAsync();
        await Task.Delay(LookAgain, stoppingToken);
        await takeOver.RunAsync();
    }

    [LoggerMessage(LogLevel.Information, "A silo is gone; its work is taken up")]
    private partial void LogTakingOver();
}
