using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Filters;
using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.Segments;

[GrainType("segment")]
internal sealed partial class SegmentGrain(
    [PersistentState("segment")] IPersistentState<SegmentState> earlier, ISegmentStore segments, ICustomerStore customers, IOperationStore operations, ICommitter committer, Catalogues catalogues,
    ProjectFilterSettings filterSettings, SegmentSynchronizer synchronizer, IEnumerable<ISegmentUser> users, INumbers numbers, TimeProvider clock,
    ILogger<SegmentGrain> logger)
    : Grain, ISegmentGrain, IIncomingGrainCallFilter, IDisposable
{
    private const int MostDynamicSegments = 100;
    private const int MembershipsAtOnce = 10_000;

    // A synchronisation runs beside calls; both write.
    private readonly SemaphoreSlim _writing = new(1, 1);
    private int _project;
    private string _id = "";
    private long _revision;

    private SegmentState State { get; set; } = new();

    // The row is all there is. Grain storage has only what an earlier version left there, read until the row was written again; without a row
    // it is of one that never came to be.
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_project, _id) = GrainAddresses.Split(this.GetPrimaryKeyString());
        var row = await segments.FindAsync(_project, _id);
        if (row is not null)
        {
            State = SegmentRowMapping.State(row, earlier.State);
            _revision = row.Revision;
            Work();
        }

        if (earlier.RecordExists && row is not { Cursor: null })
        {
            await earlier.ClearStateAsync(cancellationToken);
        }
    }

    public async Task<SegmentResult> CreateAsync(SegmentDefinition definition, CommandContext context)
    {
        if (State.Number != 0)
        {
            // One that is being deleted has its id until its memberships are gone.
            return State.Fingerprint != context.Fingerprint ? new SegmentResult.KeyReused()
                : State.Exists ? new SegmentResult.Saved(await ViewAsync()) : new SegmentResult.Deleted();
        }

        if (await DeletedObjects.FindAsync(operations, _project, _id, context) is { } made)
        {
            return made == context.Fingerprint ? new SegmentResult.Deleted() : new SegmentResult.KeyReused();
        }

        var catalogue = await catalogues.FreshAsync(_project);
        var zone = (await filterSettings.ZonesAsync(_project)).Current;
        if (SegmentRules.WhyNotCreate(definition, FilterSettings.In(zone)) is { } problem)
        {
            return problem;
        }

        if (definition.Type != SegmentTypes.Static && catalogue.Segments.All.Count(segment => !segment.IsStatic) >= MostDynamicSegments)
        {
            return new SegmentResult.Invalid("type", $"A project has at most {MostDynamicSegments} passive and auto-update segments");
        }

        var (members, unknown) = await MembersAsync(definition);
        if (unknown is not null)
        {
            return new SegmentResult.Invalid(unknown, "There is no such customer");
        }

        var now = clock.GetStoredNow();
        var isStatic = definition.Type == SegmentTypes.Static;
        var number = (int)await numbers.NextAsync(NumberSequence.Segments);
        foreach (var part in members.Chunk(MembershipsAtOnce))
        {
            await segments.AddMembersAsync(number, part);
        }

        State = new SegmentState
        {
            Number = number,
            Name = definition.Name,
            Type = definition.Type,
            Filter = definition.Filter?.ToString(),
            CreatedAt = now,
            Baseline = now,
            Zones = [new ZoneEra(default, zone)],
            Fingerprint = context.Fingerprint,
            DraftOf = definition.DraftOf,
            Synced = isStatic,
            Progress = isStatic ? 100 : 0,
        };

        await PublishAsync();

        // It may have been changed before there was a row by which to tell this segment.
        await FollowTimeZoneAsync();
        Work();
        return new SegmentResult.Saved(await ViewAsync());
    }

    public async Task<Segment?> FindAsync()
    {
        // What is being written is shown when it is.
        await _writing.WaitAsync();
        _writing.Release();
        return State.Exists ? await ViewAsync() : null;
    }

    public async Task<SegmentResult> ChangeAsync(SegmentChange change, long? version)
    {
        if (!State.Exists)
        {
            return new SegmentResult.NotFound();
        }

        if (version is { } known && known != State.Version)
        {
            // The answer to the change that made it so may have been lost.
            return IsThere(change) ? new SegmentResult.Saved(await ViewAsync()) : new SegmentResult.Overtaken(State.Version);
        }

        var catalogue = await catalogues.FreshAsync(_project);
        var zone = (await filterSettings.ZonesAsync(_project)).Current;
        if (SegmentRules.WhyNotChange(State, change, FilterSettings.In(zone)) is { } problem)
        {
            return problem;
        }

        var isRefiltered = change.Filter is not null && (State.Unread is not null || change.Filter.ToString() != State.Filter);
        if (isRefiltered)
        {
            if (SegmentRules.WhyNotRefilter(State, UseIn(catalogue)) is { } refusal)
            {
                return refusal;
            }

            await InterruptAsync();
            (State.Filter, State.Unread) = (change.Filter!.ToString(), null);
            BeginAnew(zone);
        }

        if (isRefiltered || (change.Name is not null && change.Name != State.Name))
        {
            (State.Name, State.UpdatedAt, State.Version) = (change.Name ?? State.Name, clock.GetUtcNow(), State.Version + 1);
            await PublishAsync();
            Work();
        }

        return new SegmentResult.Saved(await ViewAsync());
    }

    public async Task<bool> ActivateAsync()
    {
        if (!State.Exists || State.Type == SegmentTypes.Static)
        {
            return false;
        }

        if (State.Type == SegmentTypes.Passive)
        {
            State.Type = SegmentTypes.Active;
            State.UpdatedAt = clock.GetUtcNow();
            await PublishAsync();
        }

        return true;
    }

    public async Task ResumeAsync()
    {
        await ReadAgainAsync();
        Work();
    }

    public void Dispose()
    {
        _writing.Dispose();
        _retry?.Dispose();
        _leave?.Dispose();
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

    private async Task SaveAsync()
    {
        await _writing.WaitAsync();
        try
        {
            if (!await segments.SaveAsync(SegmentRowMapping.Row(_project, _id, State, _revision)))
            {
                throw new StorageUnavailableException($"Segment {_id} was changed by a silo that took its place.");
            }

            _revision++;
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

    private SegmentUse UseIn(CatalogueSnapshot catalogue) => users.Select(user => user.UseOf(_id, catalogue)).DefaultIfEmpty().Max();

    private Task PublishAsync() => _published = SaveAndTellAsync();

    private async Task SaveAndTellAsync()
    {
        await SaveAsync();
        await catalogues.ChangedAsync(_project);
    }

    private async Task<Segment> ViewAsync() => new()
    {
        Id = _id,
        Name = State.Name,
        Type = State.Type,
        Filter = State.Unread is { } unread ? UnreadFilter.Shown(unread.Filter) : State.Filter is null ? null : RawJson.Parse(State.Filter),
        InitialSyncStatus = State.Synced ? "DONE" : "IN_PROGRESS",
        Progress = State.Progress,
        Count = await segments.CountMembersAsync(State.Number),
        CreatedAt = State.CreatedAt,
        UpdatedAt = State.UpdatedAt,
        Status = State.Unread is null ? null : SegmentStatuses.Unreadable,
        StatusReason = State.Unread?.Reason,
        Version = State.Version,
        DraftOf = State.DraftOf,
    };
}
