using Marketing.Activity;

namespace Marketing.Distributions;

/// <summary>Reads the activity of one distribution forward from where it last stopped, in the order of commits: by time an entry may come late.</summary>
internal sealed class ActivitySource(IDistributionQueriesGrain queries, string distributionId)
{
    /// <summary>How many entries are read at once.</summary>
    public const int BatchSize = 100;

    private string? _cursor;

    /// <summary>Begins after the given entry, or at the end of what there is; false when there is no such distribution.</summary>
    public async Task<bool> StartAsync(string? after, CancellationToken cancellation)
    {
        var newest = await queries.ActivityAsync(distributionId, new ActivityQuery { Limit = 1, Recorded = true }, cancellation);
        _cursor = after ?? (newest is { Items: [var entry, ..] } ? entry.Id : null);
        return newest is not null;
    }

    /// <summary>What is new, oldest first; null when the distribution is gone.</summary>
    public async Task<IReadOnlyList<DistributionEvent>?> NextAsync(CancellationToken cancellation)
    {
        var query = new ActivityQuery { Limit = BatchSize, Ascending = true, Recorded = true, StartingAfterId = _cursor };
        var page = await queries.ActivityAsync(distributionId, query, cancellation);
        _cursor = page is { Items: [.., var last] } ? last.Id : _cursor;
        return page?.Items;
    }
}
