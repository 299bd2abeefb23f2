using Marketing.Catalogue;
using Marketing.Clients;
using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.Segments;

[GrainType("segment")]
internal sealed partial class SegmentGrain(
    [PersistentState("segment")] IPersistentState<SegmentState> state, ISegmentStore segments, ICustomerStore customers, Catalogues catalogues,
    FilterSettingsSource filterSettings, SegmentSynchronizer synchronizer, INumbers numbers, TimeProvider clock,
    ILogger<SegmentGrain> logger)
    : Grain, ISegmentGrain, IDisposable
{
    private const int MostDynamicSegments = 100;
    private const int MembershipsAtOnce = 10_000;

    // A synchronisation runs beside calls; both write.
    private readonly SemaphoreSlim _writing = new(1, 1);
    private int _project;
    private string _id = "";
    private bool _working;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_project, _id) = GrainAddresses.Split(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public async Task<SegmentResult> CreateAsync(SegmentDefinition definition, CommandContext context)
    {
        if (state.State.Exists)
        {
            if (state.State.Fingerprint != context.Fingerprint)
            {
                return new SegmentResult.KeyReused();
            }

            // Perhaps a crash came between the state and what follows from it.
            await PublishAsync();
            Work();
            return new SegmentResult.Saved(await ViewAsync());
        }

        var catalogue = await catalogues.FreshAsync(_project);
        if (SegmentRules.WhyNotCreate(definition, await filterSettings.ForAsync(_project)) is { } problem)
        {
            return problem;
        }

        if (definition.Type != SegmentTypes.Static && catalogue.Dynamic.Count >= MostDynamicSegments)
        {
            return new SegmentResult.Invalid("type", $"A project has at most {MostDynamicSegments} passive and auto-update segments");
        }

        var (members, unknown) = await MembersAsync(definition);
        if (unknown is not null)
        {
            return new SegmentResult.Invalid(unknown, "There is no such customer");
        }

        var now = clock.GetUtcNow();
        state.State.Number = (int)await numbers.NextAsync(NumberSequence.Segments);
        state.State.Name = definition.Name;
        state.State.Type = definition.Type;
        state.State.Filter = definition.Filter?.ToString();
        state.State.CreatedAt = now;
        state.State.Baseline = now;
        state.State.Fingerprint = context.Fingerprint;
        state.State.Synced = definition.Type == SegmentTypes.Static;
        state.State.Progress = state.State.Synced ? 100 : 0;
        foreach (var part in members.Chunk(MembershipsAtOnce))
        {
            await segments.AddMembersAsync(state.State.Number, part);
        }

        await PublishAsync();
        Work();
        return new SegmentResult.Saved(await ViewAsync());
    }

    public async Task<Segment?> FindAsync() => state.State.Exists ? await ViewAsync() : null;

    public async Task<bool> ActivateAsync()
    {
        if (!state.State.Exists || state.State.Type == SegmentTypes.Static)
        {
            return false;
        }

        if (state.State.Type == SegmentTypes.Passive)
        {
            state.State.Type = SegmentTypes.Active;
            state.State.UpdatedAt = clock.GetUtcNow();
            await PublishAsync();
        }

        return true;
    }

    public async Task<SegmentDeletion> DeleteAsync()
    {
        if (!state.State.Exists)
        {
            return RepeatedCalls.IsCurrent ? SegmentDeletion.Deleted : SegmentDeletion.NotFound;
        }

        var catalogue = await catalogues.FreshAsync(_project);
        if (catalogue.Distributions.Any(entry => entry.Draft.Trigger?.SegmentId == _id || entry.Draft.Audience?.SegmentId == _id))
        {
            return SegmentDeletion.InUse;
        }

        state.State.Deleted = true;
        await PublishAsync();
        Work();
        return SegmentDeletion.Deleted;
    }

    public async Task ResumeAsync()
    {
        if (state.State.Exists)
        {
            await SaveAsync();
        }

        Work();
    }

    public void Dispose() => _writing.Dispose();

    // Long work runs beside calls, on the grain's scheduler; recovery starts it again after a crash.
    private void Work()
    {
        if (!_working)
        {
            _working = true;
            RunAsync().Ignore();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            if (state.State is { Exists: true, Synced: false })
            {
                await SynchronizeAsync();
            }

            // After the synchronisation, which may have added members until it noticed.
            if (state.State.Deleted)
            {
                while (await segments.DeleteMembershipsAsync(state.State.Number, MembershipsAtOnce) > 0)
                {
                    DelayDeactivation(TimeSpan.FromMinutes(1));
                }

                await state.ClearStateAsync();
            }
        }
        catch (Exception trouble)
        {
            LogTrouble(trouble, _id);
            this.RegisterGrainTimer(() => { Work(); return Task.CompletedTask; }, new GrainTimerCreationOptions(TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan));
        }
        finally
        {
            _working = false;
        }
    }

    private async Task SynchronizeAsync()
    {
        var entry = (await catalogues.FreshAsync(_project)).Segment(_id)!;
        await foreach (var progress in synchronizer.RunAsync(_project, entry, state.State.Cursor))
        {
            DelayDeactivation(TimeSpan.FromMinutes(1));
            if (state.State.Deleted)
            {
                return;
            }

            (state.State.Cursor, state.State.Progress) = progress;
            await SaveAsync();
        }

        if (state.State.Deleted)
        {
            return;
        }

        state.State.Synced = true;
        state.State.Progress = 100;
        state.State.UpdatedAt = clock.GetUtcNow();
        await PublishAsync();
        LogSynced(_id);
    }

    private async Task<(IReadOnlyList<long> Members, string? Unknown)> MembersAsync(SegmentDefinition definition)
    {
        if (definition.Type != SegmentTypes.Static || definition.Customers.Count == 0)
        {
            return ([], null);
        }

        var byId = (await customers.LoadManyAsync(_project, [.. definition.Customers.Distinct()], bySource: false)).ToDictionary(row => row.Id, row => row.Number);
        var left = definition.Customers.Where(key => !byId.ContainsKey(key)).Distinct().ToArray();
        var bySource = left.Length == 0
            ? []
            : (await customers.LoadManyAsync(_project, left, bySource: true)).ToDictionary(row => Customers.CustomerJson.Read(row.Document).SourceId!, row => row.Number);
        for (var i = 0; i < definition.Customers.Count; i++)
        {
            if (!byId.ContainsKey(definition.Customers[i]) && !bySource.ContainsKey(definition.Customers[i]))
            {
                return ([], $"customers[{i}]");
            }
        }

        return ([.. byId.Values.Concat(bySource.Values).Distinct()], null);
    }

    // State first: it is the truth; the row follows it, and that of a deleted segment goes.
    private async Task SaveAsync()
    {
        await _writing.WaitAsync();
        try
        {
            await state.WriteStateAsync();
            await (state.State.Deleted ? segments.DeleteAsync(state.State.Number) : segments.SaveAsync(Row()));
        }
        catch
        {
            // What is in memory may not be what is stored: the next call reads it again.
            DeactivateOnIdle();
            GrainFactory.Segment(_project, _id).ResumeAsync().Ignore();
            throw;
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task PublishAsync()
    {
        await SaveAsync();
        await catalogues.ChangedAsync(_project);
    }

    private SegmentRow Row() => new()
    {
        Number = state.State.Number,
        Project = _project,
        Id = _id,
        Name = state.State.Name,
        Type = state.State.Type,
        CreatedAt = state.State.CreatedAt,
        UpdatedAt = state.State.UpdatedAt,
        Baseline = state.State.Baseline,
        Synced = state.State.Synced,
        Progress = state.State.Progress,
        Filter = state.State.Filter is null ? null : System.Text.Encoding.UTF8.GetBytes(state.State.Filter),
    };

    private async Task<Segment> ViewAsync() => new()
    {
        Id = _id,
        Name = state.State.Name,
        Type = state.State.Type,
        Filter = state.State.Filter is null ? null : RawJson.Parse(state.State.Filter),
        InitialSyncStatus = state.State.Synced ? "DONE" : "IN_PROGRESS",
        Progress = state.State.Progress,
        Count = await segments.CountMembersAsync(state.State.Number),
        CreatedAt = state.State.CreatedAt,
        UpdatedAt = state.State.UpdatedAt,
    };

    [LoggerMessage(LogLevel.Information, "Segment {SegmentId} is synchronised")]
    private partial void LogSynced(string segmentId);

    [LoggerMessage(LogLevel.Warning, "Work on segment {SegmentId} was interrupted and is tried again")]
    private partial void LogTrouble(Exception exception, string segmentId);
}
