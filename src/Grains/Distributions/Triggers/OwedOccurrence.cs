using Marketing.Storage;

namespace Marketing.Distributions.Triggers;

/// <summary>Something that makes a distribution owe a customer its messages.</summary>
/// <param name="Listener">The distribution.</param>
/// <param name="Occurrence">What they are owed for, once each: the number of an activity entry, or what <see cref="Occurrences"/> says.</param>
/// <param name="Due">When.</param>
internal readonly record struct OwedOccurrence(DistributionEntry Listener, long Occurrence, DateTimeOffset Due)
{
    public static OwedOccurrence OfEvent(DistributionEntry listener, long entry, DateTimeOffset now) => new(listener, entry, now + (listener.Draft.Delay ?? TimeSpan.Zero));

    /// <summary>Adds a message for each channel; returns the number of the next.</summary>
    public long AddTo(Commit commit, long customer, int lane, long message, DateTimeOffset now)
    {
        foreach (var channel in Listener.Draft.Channels)
        {
            commit.Messages.Add(new MessageInsert(Listener.Number, message++, lane, customer, Occurrence, channel.Type!, Due, now));
        }

        return message;
    }
}
