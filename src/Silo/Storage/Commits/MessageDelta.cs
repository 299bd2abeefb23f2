using System.Runtime.CompilerServices;

namespace Marketing.Storage;

/// <summary>What one transaction adds to the counts of one distribution and channel.</summary>
internal struct MessageDelta
{
    public long Audience;

    /// <summary>How many of the audience an event brought, not an activation.</summary>
    public long Triggered;
    public StatusCounts ByStatus;
    public long Recovered;
    public long Uncertain;

    public void Add(in MessageDelta other)
    {
        Audience += other.Audience;
        Triggered += other.Triggered;
        for (var status = 0; status < StatusCounts.Length; status++)
        {
            ByStatus[status] += other.ByStatus[status];
        }

        Recovered += other.Recovered;
        Uncertain += other.Uncertain;
    }
}

/// <summary>One number for each <see cref="MessageStatus"/>.</summary>
[InlineArray(Length)]
internal struct StatusCounts
{
    public const int Length = 7;

    private long _first;
}

/// <summary>What one transaction adds to one hour of a distribution's series.</summary>
internal struct SeriesDelta
{
    public long Sent;
    public long Failed;
    public long Skipped;
    public long Recovered;

    public void Add(in SeriesDelta other)
    {
        Sent += other.Sent;
        Failed += other.Failed;
        Skipped += other.Skipped;
        Recovered += other.Recovered;
    }
}
