using Marketing.Clients;
using Marketing.Observability;
using Marketing.Storage;

namespace Marketing.Customers;

/// <summary>How a decision about the customer becomes durable, and what is believed of the row meanwhile.</summary>
internal sealed partial class CustomerGrain
{
    // Decides on the profile as loaded and commits; when the profile or the catalogue changed meanwhile, decides again. A commit notices that
    // an import or a synchronisation changed the row behind this grain's back; to decide that there is nothing to do, the row must be read.
    private async Task<CommitOutcome> CommitAsync(
        CommandContext context, string? operation, Func<CustomerWork, byte[]>? resultOfOperation, Func<CustomerWork?, Decision> decide, Func<DateTimeOffset, Customer>? create,
        Func<CustomerRow, Task<bool>>? wasDone = null, DateTimeOffset notBefore = default)
    {
        // Made again by a caller who does not know what became of it; or this is the first attempt, held up so long that the second overtook it.
        var mayBeDone = RepeatedCalls.IsCurrent;
        var isFresh = await LoadAsync(again: mayBeDone);
        while (true)
        {
            if (mayBeDone && _row is not null && wasDone is not null && await wasDone(_row))
            {
                return CommitOutcome.DuplicateOperation;
            }

            var catalogue = await catalogues.GetAsync(_project);
            var now = clock.GetStoredNow();
            var customer = _row is null ? create?.Invoke(creations.Next(_project)) : CustomerJson.Read(_row.Document);
            var work = customer is null
                ? null
                : new CustomerWork(_row, _row?.Number ?? await numbers.NextAsync(NumberSequence.Customers), customer, catalogue, routing, context, now, notBefore);
            if (decide(work) == Decision.Nothing || work is null)
            {
                if (isFresh)
                {
                    return CommitOutcome.Durable;
                }

                isFresh = await LoadAsync(again: true);
                continue;
            }

            var commit = await work.CompleteAsync(numbers);
            if (operation is not null)
            {
                commit.Operation = new OperationWrite(operation, context.Fingerprint ?? "", resultOfOperation?.Invoke(work), now);
            }

            var outcome = await TryCommitAsync(commit);
            switch (outcome)
            {
                case CommitOutcome.Durable:
                    _row = work.Row;
                    signals.Wake(commit, _row);
                    return outcome;
                case CommitOutcome.Conflict:
                    isFresh = await LoadAsync(again: true);
                    mayBeDone = true;
                    break;
                case CommitOutcome.StaleCatalogue:
                    break;
                default:
                    return outcome;
            }
        }
    }

    private async Task<CommitOutcome> TryCommitAsync(Commit commit)
    {
        try
        {
            using var span = EngineTraces.StartCommit();
            var outcome = await committer.CommitAsync(commit);
            EngineTraces.End(span, outcome);
            return outcome;
        }
        catch (StorageUnavailableException)
        {
            // Nobody knows whether it was written: what is in memory is not to be trusted.
            _loaded = false;
            throw;
        }
    }

    /// <summary>Whether the row was read now.</summary>
    private async Task<bool> LoadAsync(bool again)
    {
        if (_loaded && !again)
        {
            return false;
        }

        _row = await store.LoadAsync(_project, _id);
        _loaded = true;
        return true;
    }

    private Customer? Current() => _row is null ? null : CustomerJson.Read(_row.Document);

    private async Task<OperationWrite?> WasSameAsync(CommandContext context)
    {
        await LoadAsync(again: true);
        var done = await store.FindOperationAsync(_project, context.IdempotencyKey!);
        return done?.Fingerprint == (context.Fingerprint ?? "") ? done : null;
    }

    private enum Decision
    {
        Nothing,
        Commit,
    }
}
