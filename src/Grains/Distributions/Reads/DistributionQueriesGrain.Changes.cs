namespace Marketing.Distributions;

/// <summary>For whoever follows a whole project.</summary>
internal sealed partial class DistributionQueriesGrain
{
    public async Task<ProjectChanges> ChangesAsync(IReadOnlyList<string> ids, DateTimeOffset since, CancellationToken cancellation)
    {
        // Before anything is read: what happens meanwhile is read again by the next who asks from here on.
        var (at, position) = (clock.GetUtcNow(), await store.PositionAsync());
        var catalogue = await catalogues.GetAsync(Project);
        string[] active = [.. catalogue.Distributions.All.OrderByDescending(static entry => entry.Number).Take(ProjectChanges.MostFollowed).Select(static entry => entry.Id)];
        var rows = await store.ChangedAsync(Project, [.. active.Union(ids)], since, 2 * ProjectChanges.MostFollowed, cancellation);
        var counts = await store.CountsOfAsync([.. rows.Select(static row => row.Number)]);
        return new ProjectChanges
        {
            At = at,
            Position = position,
            Active = active,
            Distributions = [.. rows.Select(row => Summary(row, counts.GetValueOrDefault(row.Number), catalogue).Distribution)],
        };
    }
}
