using Marketing.Catalogue;
using Marketing.Segments;
using Microsoft.Extensions.Options;

namespace Marketing.Distributions.Actions;

/// <summary>Says while there is time to do something about it that an action will soon have nothing more to give.</summary>
internal sealed class SupplyForecast(ActionRegistry actions, Catalogues catalogues, ISegmentStore segments, IOptions<DistributionOptions> options)
{
    /// <summary>The warning; null where there is enough for those who are known to come, and more than a small part is left.</summary>
    /// <param name="project">Whose.</param>
    /// <param name="distribution">One that was activated, with its counts.</param>
    public async Task<string?> WarningAsync(int project, Distribution distribution)
    {
        var draft = distribution.Draft;
        if (distribution.Status is not (DistributionStatuses.Live or DistributionStatuses.Sending or DistributionStatuses.Scheduled or DistributionStatuses.WaitingForSegment)
            || ActionCatalogue.Find(draft.Action?.Type) is not { } action || await actions.Of(action).SuppliesAsync(project, draft) is not { } supply)
        {
            return null;
        }

        var wanted = await WantedAsync(project, distribution);
        return supply.Left < wanted ? $"{supply.Left} codes are left, and {wanted} customers are to get one"
            : supply.Left == 0 || supply.Left * 100 < supply.Total * options.Value.LowSupplyPercent ? $"{supply.Left} of {supply.Total} codes are left"
            : null;
    }

    // One for all channels; those that were put off have theirs.
    private async Task<long> WantedAsync(int project, Distribution distribution)
    {
        if (distribution.Status is not (DistributionStatuses.Scheduled or DistributionStatuses.WaitingForSegment))
        {
            var channels = Math.Max(1, distribution.Draft.Channels.Count);
            return (distribution.Counts.Queued + channels - 1) / channels;
        }

        return distribution.Draft.Audience?.SegmentId is not { } id ? 1
            : (await catalogues.GetAsync(project)).Segments.Find(id) is { } segment ? await segments.CountMembersAsync(segment.Number)
            : 0;
    }
}

/// <summary>What an action has to give.</summary>
/// <param name="Left">How many nobody has.</param>
/// <param name="Total">How many there are.</param>
internal readonly record struct Supply(long Left, long Total);
