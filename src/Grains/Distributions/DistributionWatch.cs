using Marketing.Customers;
using Marketing.Customers.Watching;
using Marketing.Distributions.Lanes;
using Marketing.Storage;

namespace Marketing.Distributions;

/// <summary>Starts the distributions that listen to what happens to customers: a message row for each of their channels.</summary>
internal sealed class DistributionWatch(LaneRouting lanes, LaneSignals signals) : CustomerWatch
{
    public override async ValueTask WriteAsync(CustomerWork work, INumbers numbers)
    {
        var distributions = work.Catalogue.Distributions;
        List<(int Entry, DistributionEntry Listener)>? started = null;
        var count = 0;
        for (var entry = 0; entry < work.Raised.Count; entry++)
        {
            foreach (var listener in distributions.Listeners(work.Raised[entry].Type, work.Raised[entry].Selector))
            {
                if (listener.ListensAt(work.Now))
                {
                    (started ??= []).Add((entry, listener));
                    count += listener.Draft.Channels.Count;
                }
            }
        }

        if (started is null)
        {
            return;
        }

        var message = await numbers.NextRangeAsync(NumberSequence.Messages, count);
        foreach (var (entry, listener) in started)
        {
            message = Add(work, entry, listener, message);
        }
    }

    public override void Committed(Commit commit, CustomerRow? row) => signals.HandOrWake(commit, row);

    private long Add(CustomerWork work, int entry, DistributionEntry listener, long message)
    {
        var due = work.Now + (listener.Draft.Delay ?? TimeSpan.Zero);
        foreach (var channel in listener.Draft.Channels)
        {
            work.Commit.Messages.Add(new MessageInsert(
                listener.Number, message++, lanes.LaneOf(work.Number), work.Number, work.NumberOf(entry), channel.Type!, due, work.Now));
        }

        return message;
    }
}
