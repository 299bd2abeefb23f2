using Marketing.Activity;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Customers.Watching;
using Marketing.Storage;

namespace Marketing.Segments;

/// <summary>
/// Moves customers in and out of segments. A segment is looked at when a field it reads changed, or when time may have changed it. What the customer belonged to
/// before is not remembered but computed from the profile and the instant it was last looked at, so a transition cannot be missed or seen twice.
/// </summary>
internal sealed class SegmentWatch(ISegmentStore store) : CustomerWatch
{
    public override void Look(CustomerWork work, byte[] document, byte[]? looked)
    {
        var segments = work.Catalogue.Segments;
        var filters = segments.Filters;
        if (filters.Count == 0)
        {
            return;
        }

        var (before, after) = segments.Buffers();
        filters.Read(document, after);
        var affected = new List<int>();
        if (looked is not null)
        {
            filters.Read(looked, before);
            filters.CollectTouched(before, after, affected);
        }
        else if (work.Before is null)
        {
            affected.AddRange(Enumerable.Range(0, filters.Count));
        }
        else
        {
            filters.Read(work.Before.Document, before);
            filters.CollectTouched(before, after, affected);
            var byTime = work.IsReviewDue ? filters.TimeDependent : segments.Unsettled;
            if (byTime.Count > 0)
            {
                affected.AddRange(byTime.Except(affected).ToArray());
            }
        }

        work.ReviewBy(work.IsReviewDue ? null : work.Before?.ReviewAt);
        foreach (var index in affected)
        {
            var segment = segments.Dynamic[index];
            var was = looked is not null ? filters.Matches(index, before, segment.LookedAt(work.LookedAt))
                : work.Before is not null && filters.Matches(index, before, segment.LookedAt(work.Before.EvaluatedAt));
            var lookedAt = segment.LookedAt(work.LookedAt);
            var isNow = filters.Matches(index, after, lookedAt);
            work.ReviewBy(filters.NextChange(index, after, lookedAt));
            if (was != isNow)
            {
                // Into it and out of it in one commit is no change of it.
                if (looked is null || work.Commit.Memberships.RemoveAll(one => one.Segment == segment.Number && one.Enters != isNow) == 0)
                {
                    work.Commit.Memberships.Add(new MembershipWrite(segment.Number, work.Number, isNow));
                }

                if (segment.Fires)
                {
                    work.Raise(isNow ? TriggerCatalogue.SegmentEntered : TriggerCatalogue.SegmentLeft, segment.Id, ActivityData.Of(SegmentShape.Segment, segment));
                }
            }
        }
    }

    public override async ValueTask LeaveAsync(CustomerRow row, CatalogueSnapshot catalogue, Leaving leaving)
    {
        leaving.Segments.AddRange(catalogue.Segments.All.Select(segment => segment.Number));
        leaving.Memberships += (await SegmentMembership.OfAsync(row, catalogue, store)).Count;
    }
}
