using Marketing.Storage;

namespace Marketing.Distributions;

/// <summary>Where it is kept.</summary>
internal sealed partial class DistributionGrain
{
    private long _revision;

    // Whether the row says that there is something to do, now or later.
    private bool _isListed;

    // Changes that are in memory and not yet on disk, or never will be.
    private int _unwritten;
    private bool _isLost;

    private DistributionState State { get; set; } = new();

    // The row is all there is. Grain storage has only what an earlier version left there, read until the row was written again; without a row
    // it is of one that never came to be.
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_project, _id) = GrainAddresses.Split(this.GetPrimaryKeyString());
        var row = await distributions.FindAsync(_project, _id);
        if (row is not null)
        {
            State = DistributionRowMapping.State(row, earlier.State);
            (_revision, _isListed) = (row.Revision, row.Unfinished);
            Work();
        }

        if (earlier.RecordExists && row is not { State: null })
        {
            await earlier.ClearStateAsync(cancellationToken);
        }
    }

    private async Task SaveAsync(string? logged, string? detail) => await SaveIfAsync(static () => true, logged, detail);

    // Changes it when it is its turn to be written: what is written before, such as an edit, decides whether there is anything to change. Says whether there was.
    private async Task<bool> SaveIfAsync(Func<bool> change, string? logged, string? detail)
    {
        _unwritten++;
        await _writing.WaitAsync();
        try
        {
            if (!change())
            {
                return false;
            }

            if (!await WriteAsync(State.View!, logged, detail))
            {
                throw new InvalidOperationException($"Another distribution has the name of {_id}.");
            }

            return true;
        }
        finally
        {
            _unwritten--;
            _writing.Release();
        }
    }

    // Work goes by what is on disk: a row must not be deleted before it says that it is to be. False where what is in memory never got there.
    private async Task<bool> IsWrittenAsync()
    {
        while (_unwritten > 0 && !_isLost)
        {
            await _writing.WaitAsync();
            _writing.Release();
        }

        return !_isLost;
    }

    // One row, so that no crash comes between its parts. False when another distribution has the name: nothing is written then.
    private async Task<bool> WriteAsync(Distribution view, string? logged, string? detail)
    {
        try
        {
            var entry = logged is null ? null : await WatchedAsync(view, new DistributionLogEntry(logged, clock.GetUtcNow(), detail));
            switch (await distributions.SaveAsync(DistributionRowMapping.Row(_project, view, State, _revision), entry))
            {
                case DistributionSave.Saved:
                    _revision++;
                    _isListed = State.WorkAt(view) is not null;
                    TellWatches(entry);
                    return true;
                case DistributionSave.NameTaken:
                    return false;
                default:
                    throw new StorageUnavailableException($"Distribution {_id} was changed by a silo that took its place.");
            }
        }
        catch
        {
            _isLost = true;

            // What is in memory may not be what is stored: the next call reads it again, and this is one.
            DeactivateOnIdle();
            GrainFactory.Distribution(_project, _id).RecoverAsync().Ignore();
            throw;
        }
    }

    private async ValueTask<DistributionLogEntry> WatchedAsync(Distribution view, DistributionLogEntry entry)
    {
        var rows = new List<RowWrite>();
        foreach (var watch in logWatches)
        {
            rows.AddRange(await watch.RowsAsync(_project, view, entry));
        }

        return rows.Count == 0 ? entry : entry with { Also = rows };
    }

    private void TellWatches(DistributionLogEntry? entry)
    {
        foreach (var watch in entry is { Also.Count: > 0 } ? logWatches : [])
        {
            watch.Saved(_project, entry!.Also);
        }
    }
}
