using Marketing.AsyncActions;
using Marketing.Catalogue;
using Marketing.Customers.Watching;
using Marketing.Storage;

namespace Marketing.Customers.Imports;

/// <summary>
/// Changes many customers without waking their grains: loads them together, decides with the same rules as the grain, commits them
/// together. A grain that holds an older version notices at its next commit.
/// </summary>
internal sealed class CustomerBulk(
    ICustomerStore store, IAsyncActionStore actions, ICommitter committer, Catalogues catalogues, INumbers numbers, CustomerWatches watches,
    CreationTimes creations, TimeProvider clock)
{
    /// <summary>Applies the changes of a part; says what they did, and adds those that are refused.</summary>
    public async Task<RowCounts> ApplyAsync(ImportJob job, IReadOnlyList<CustomerRowChange> changes, List<ImportProblem> failures)
    {
        var counts = new RowCounts();
        var found = await CustomersFound.LoadAsync(store, job.Project, changes);
        var isOld = false;
        foreach (var wave in CustomerWaves.Of(changes, found))
        {
            var left = wave;
            while (left.Count > 0)
            {
                job.Ended.ThrowIfCancellationRequested();
                // An id that a new customer would get may be taken: then the row was refused once, and whose it is is looked up.
                found = isOld ? await CustomersFound.LoadAsync(store, job.Project, left, CustomersFound.DerivedIds(job.Project, left)) : found;
                isOld = true;
                (left, var more) = await ApplyOnceAsync(job, left, found, failures);
                counts += more;
            }
        }

        return counts;
    }

    // Returns what met a newer version or catalogue and has to be decided again.
    private async Task<(IReadOnlyList<CustomerRowChange> Again, RowCounts Counts)> ApplyOnceAsync(
        ImportJob job, IReadOnlyList<CustomerRowChange> changes, CustomersFound found, List<ImportProblem> failures)
    {
        // The newest: what schemas refuse is not asked for again.
        var catalogue = await catalogues.FreshAsync(job.Project);

        // After the customers: of a row whose effect is seen in one it is then known whether it is the effect of this job.
        var durable = await actions.DurableRowsAsync(job.Project, job.ActionId);
        var counts = new RowCounts();
        var open = new List<(CustomerRowChange Change, CustomerRow? Before)>(changes.Count);
        foreach (var change in changes)
        {
            if (durable.TryGetValue(change.Row, out var creates))
            {
                counts = counts.Plus(creates);
            }
            else if (CustomerMatch.Of(change, found) is var match && match.Problem is { } problem)
            {
                failures.Add(problem);
            }
            else
            {
                open.Add((change, match.Row));
            }
        }

        var now = clock.GetStoredNow();
        var createdAt = creations.Next(job.Project, open.Count(row => row.Before is null));
        var created = 0;
        var pending = new List<(CustomerRowChange Change, Commit Commit, Task<CommitOutcome> Outcome)>(open.Count);
        foreach (var (change, before) in open)
        {
            var customer = before is null
                ? CustomerProfile.New(NewId(job.Project, job.ActionId, change), change.Patch, createdAt(created++))
                : CustomerJson.Read(before.Document);
            var changed = change.Apply(customer);
            if (change.MetadataProblem(catalogue, customer, before is null) is { } wrong)
            {
                failures.Add(wrong);
                continue;
            }

            if (before is not null && !changed)
            {
                counts = counts with { Unchanged = counts.Unchanged + 1 };
                continue;
            }

            if (before is not null)
            {
                customer.UpdatedAt = now;
            }

            var number = before?.Number ?? await numbers.NextAsync(NumberSequence.Customers);
            var commit = await new CustomerWork(before, number, customer, catalogue, watches, job.Context, now).CompleteAsync(numbers);
            commit.Import = new ImportRow(job.ActionId, change.Row, before is null);
            pending.Add((change, commit, committer.CommitAsync(commit)));
        }

        var again = new List<CustomerRowChange>();
        foreach (var (change, commit, outcome) in pending)
        {
            switch ((await outcome).RefusedBy)
            {
                case null:
                    counts = counts.Plus(commit.Import!.Value.Creates);
                    watches.Committed(commit, row: null);
                    break;
                case Guard.Unique:
                    failures.Add(CustomerMatch.SourceTaken(change));
                    break;
                default:
                    again.Add(change);
                    break;
            }
        }

        return (again, counts);
    }

    /// <summary>The id of a customer that a row makes. Without one of its own it gets one that the same row of the same job always gets.</summary>
    public static string NewId(int project, string action, CustomerRowChange change) =>
        change.Id ?? ObjectIds.FromSource("cust_", project, change.SourceId ?? $"{action}\n{change.Row}");
}
