using Marketing.Customers;
using Marketing.Customers.Watching;
using Marketing.Distributions.Lanes;
using Marketing.Distributions.Triggers;
using Marketing.EventRules;
using Marketing.Loyalties;
using Marketing.Publications;
using Marketing.Segments;
using Marketing.Storage;

namespace Marketing.Distributions;

/// <summary>Starts the distributions that listen to what happens to customers: a message row for each of their channels.</summary>
internal sealed class DistributionWatch(ISegmentStore segments, LaneRouting lanes, LaneSignals signals) : CustomerWatch
{
    public override async ValueTask WriteAsync(CustomerWork work, INumbers numbers)
    {
        var distributions = work.Catalogue.Distributions;
        List<OwedOccurrence>? owed = null;
        RuledEvents? ruled = null;
        for (var entry = 0; entry < work.Raised.Count; entry++)
        {
            foreach (var listener in distributions.Listeners(work.Raised[entry].Type, work.Raised[entry].Selector))
            {
                if (!listener.ListensAt(work.Now) || !IsAbout(listener, work.Raised[entry]) || (listener.RuleId is { } rule && !await (ruled ??= new RuledEvents(work, work.Row!.Document, segments)).MeetsAsync(rule, entry)))
                {
                    continue;
                }

                if (!listener.FollowsCodes)
                {
                    (owed ??= []).Add(OwedOccurrence.OfEvent(listener, work.NumberOf(entry), work.Now));
                }
                else if (work.Raised[entry].About is IReadOnlyList<GivenCode> codes)
                {
                    (owed ??= []).AddRange(codes.Select(code => CodeTimes.Owed(listener, code, work.Now.AsStored())).OfType<OwedOccurrence>());
                }
            }
        }

        if (owed is not { Count: > 0 })
        {
            return;
        }

        var message = await numbers.NextRangeAsync(NumberSequence.Messages, owed.Sum(static one => one.Listener.Draft.Channels.Count));
        foreach (var one in owed)
        {
            message = one.AddTo(work.Commit, work.Number, lanes.LaneOf(work.Number), message, work.Now);
        }
    }

    // Of tier events those of one tier, where the author says so; of what members are told ahead, what is as many days or points ahead as the author says.
    private static bool IsAbout(DistributionEntry listener, RaisedEvent happened) => happened.About switch
    {
        MemberAhead ahead => listener.Ahead == ahead.Within,
        TierMoved moved => listener.Draft.Trigger?.LoyaltyTierId is not { } tier || moved.Tier == tier,
        _ => true,
    };

    public override void Committed(Commit commit, CustomerRow? row) => signals.HandOrWake(commit, row);
}
