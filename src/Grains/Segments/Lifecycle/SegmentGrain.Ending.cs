using Marketing.Clients;
using Marketing.Storage;

namespace Marketing.Segments;

/// <summary>What becomes of it when nobody wants it any more, and when the draft that it belongs to is over.</summary>
internal sealed partial class SegmentGrain
{
    public async Task<SegmentDeletion> DeleteAsync()
    {
        if (!State.Exists)
        {
            return RepeatedCalls.IsCurrent ? SegmentDeletion.Deleted : SegmentDeletion.NotFound;
        }

        if (UseIn(await catalogues.FreshAsync(_project)) != SegmentUse.None)
        {
            return SegmentDeletion.InUse;
        }

        await DeletedObjects.NoteAsync(committer, _project, _id, State.Fingerprint, clock.GetUtcNow());
        State.Deleted = true;
        await PublishAsync();
        Work();
        return SegmentDeletion.Deleted;
    }

    public async Task AdoptAsync()
    {
        if (State is { Exists: true, DraftOf: not null })
        {
            State.DraftOf = null;
            await PublishAsync();
        }
    }

    public async Task DiscardDraftAsync(string distributionId)
    {
        if (State.Exists && State.DraftOf == distributionId)
        {
            await DeleteAsync();
        }
    }

    private bool IsThere(SegmentChange change) =>
        State.Unread is null && (change.Name is null || change.Name == State.Name) && (change.Filter is null || change.Filter.ToString() == State.Filter);
}
