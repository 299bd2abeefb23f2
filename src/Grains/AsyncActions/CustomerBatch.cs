using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Distributions;
using Marketing.Storage;

namespace Marketing.AsyncActions;

/// <summary>A row that changes a customer: the one with the id or, where it names none, with the source id. As everywhere, the id wins.</summary>
internal sealed record CustomerRowChange(long Row, string? Id, string? SourceId, CustomerPatch Patch);

/// <summary>
/// Changes many customers without waking their grains: loads them together, decides with the same rules as the grain, commits them
/// together. A grain that holds an older version notices at its next commit.
/// </summary>
internal sealed class CustomerBatch(
    ICustomerStore store, ICommitter committer, Catalogues catalogues, INumbers numbers, LaneRouting routing, LaneSignals signals, CreationTimes creations,
    TimeProvider clock)
{
    public async Task<IReadOnlyList<ImportFailure>> ApplyAsync(ImportJob job, IReadOnlyList<CustomerRowChange> changes)
    {
        var failures = new List<ImportFailure>();

        foreach (var wave in CustomerWaves.Of(changes))
        {
            var left = wave;
            while (left.Count > 0)
            {
                left = await ApplyOnceAsync(job, left, failures);
            }
        }

        return failures;
    }

    // Returns what met a newer version or catalogue and has to be decided again.
    private async Task<IReadOnlyList<CustomerRowChange>> ApplyOnceAsync(ImportJob job, IReadOnlyList<CustomerRowChange> changes, List<ImportFailure> failures)
    {
        var catalogue = await catalogues.GetAsync(job.Project);
        var byId = (await LoadAsync(job.Project, [.. changes.Select(change => change.Id).OfType<string>()], bySource: false)).ToDictionary(row => row.Id);
        var sources = changes.Where(change => change.Id is null).Select(change => change.SourceId).OfType<string>().ToArray();
        var bySource = (await LoadAsync(job.Project, sources, bySource: true)).ToDictionary(row => CustomerJson.Read(row.Document).SourceId!);

        CustomerRow? Before(CustomerRowChange change) =>
            change.Id is not null ? byId.GetValueOrDefault(change.Id) : change.SourceId is not null ? bySource.GetValueOrDefault(change.SourceId) : null;

        var now = clock.GetStoredNow();
        var createdAt = creations.Next(job.Project, changes.Count(change => Before(change) is null));
        var created = 0;
        var pending = new List<(CustomerRowChange Change, Commit Commit, Task<CommitOutcome> Outcome)>(changes.Count);
        foreach (var change in changes)
        {
            var before = Before(change);
            var customer = before is null
                ? CustomerProfile.New(NewId(job, change), change.Patch, createdAt(created++))
                : CustomerJson.Read(before.Document);
            var changed = CustomerProfile.Apply(customer, change.Patch);
            if (before is not null && !changed)
            {
                continue;
            }

            if (before is not null)
            {
                customer.UpdatedAt = now;
            }

            var number = before?.Number ?? await numbers.NextAsync(NumberSequence.Customers);
            var commit = await new CustomerWork(before, number, customer, catalogue, routing, job.Context, now).CompleteAsync(numbers);
            pending.Add((change, commit, committer.CommitAsync(commit)));
        }

        var again = new List<CustomerRowChange>();
        foreach (var (change, commit, outcome) in pending)
        {
            switch ((await outcome).RefusedBy)
            {
                case null:
                    signals.Wake(commit, customer: null);
                    break;
                case Guard.Unique:
                    failures.Add(new ImportFailure(change.Row, change.SourceId, "Another customer has this source_id"));
                    break;
                default:
                    again.Add(change);
                    break;
            }
        }

        return again;
    }

    private Task<IReadOnlyList<CustomerRow>> LoadAsync(int project, string[] keys, bool bySource) =>
        keys.Length == 0 ? Task.FromResult<IReadOnlyList<CustomerRow>>([]) : store.LoadManyAsync(project, keys, bySource);

    // A row without an id of its own gets one that the same row of the same job always gets: a part done again makes no second customer.
    private static string NewId(ImportJob job, CustomerRowChange change) =>
        change.Id ?? ObjectIds.FromSource("cust_", job.Project, change.SourceId ?? $"{job.ActionId}\n{change.Row}");
}
