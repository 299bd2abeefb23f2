using System.Runtime.InteropServices;

namespace Marketing.Storage;

/// <summary>
/// What the rows changed by a transaction add to the counters. Gathered in memory and written once before the commit, so a
/// counter costs a statement per transaction instead of one per row, and moves with the rows it counts or not at all.
/// </summary>
internal sealed class CounterDeltas
{
    private readonly Dictionary<(int Distribution, string Channel), MessageDelta> _messages = [];
    private readonly Dictionary<(int Distribution, string Channel, long Hour), SeriesDelta> _series = [];
    private readonly Dictionary<int, long> _members = [];
    private readonly Dictionary<int, long> _customers = [];
    private readonly Dictionary<(int Project, string Table), long> _rows = [];
    private readonly Dictionary<(int Project, string Key), long> _tallies = [];

    public IReadOnlyDictionary<(int Distribution, string Channel), MessageDelta> ByChannel => _messages;

    public IReadOnlyDictionary<(int Distribution, string Channel, long Hour), SeriesDelta> ByHour => _series;

    public IReadOnlyDictionary<int, long> BySegment => _members;

    public IReadOnlyDictionary<int, long> ByProject => _customers;

    public IReadOnlyDictionary<(int Project, string Table), long> ByTable => _rows;

    public IReadOnlyDictionary<(int Project, string Key), long> ByKey => _tallies;

    public void Inserted(int distribution, string channel, long count, long triggered)
    {
        ref var delta = ref Messages(distribution, channel);
        delta.Audience += count;
        delta.Triggered += triggered;
        delta.ByStatus[(int)MessageStatus.Queued] += count;
    }

    public void Moved(int distribution, string channel, MessageStatus from, MessageStatus to, long at, bool recovered, long count = 1)
    {
        ref var delta = ref Messages(distribution, channel);
        delta.ByStatus[(int)from] -= count;
        delta.ByStatus[(int)to] += count;
        recovered &= to == MessageStatus.Sent;
        if (recovered)
        {
            delta.Recovered += count;
        }

        if (to is MessageStatus.Sent or MessageStatus.Failed or MessageStatus.Skipped)
        {
            ref var series = ref CollectionsMarshal.GetValueRefOrAddDefault(
                _series, (distribution, channel, at - (at % Instants.Hour)), out _);
            series.Sent += to == MessageStatus.Sent ? count : 0;
            series.Failed += to == MessageStatus.Failed ? count : 0;
            series.Skipped += to == MessageStatus.Skipped ? count : 0;
            series.Recovered += recovered ? count : 0;
        }
    }

    public void BecameUncertain(int distribution, string channel, long count) => Messages(distribution, channel).Uncertain += count;

    public void Members(int segment, long count) => CollectionsMarshal.GetValueRefOrAddDefault(_members, segment, out _) += count;

    public void Customers(int project, long count) => CollectionsMarshal.GetValueRefOrAddDefault(_customers, project, out _) += count;

    /// <summary>Rows of a declared table.</summary>
    public void Rows(int project, Table table, long count)
    {
        if (count != 0)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_rows, (project, table.Name), out _) += count;
        }
    }

    public void Tallies(Commit commit)
    {
        foreach (var (key, delta) in commit.Tallies)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_tallies, (commit.Project, key), out _) += delta;
        }
    }

    /// <summary>Takes over the deltas of work that succeeded.</summary>
    public void Add(CounterDeltas other)
    {
        foreach (var ((distribution, channel), more) in other._messages)
        {
            Messages(distribution, channel).Add(more);
        }

        foreach (var (key, more) in other._series)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_series, key, out _).Add(more);
        }

        foreach (var (segment, more) in other._members)
        {
            Members(segment, more);
        }

        foreach (var (project, more) in other._customers)
        {
            Customers(project, more);
        }

        foreach (var (key, more) in other._rows)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_rows, key, out _) += more;
        }

        foreach (var (key, more) in other._tallies)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_tallies, key, out _) += more;
        }
    }

    public void Clear()
    {
        _messages.Clear();
        _series.Clear();
        _members.Clear();
        _customers.Clear();
        _rows.Clear();
        _tallies.Clear();
    }

    private ref MessageDelta Messages(int distribution, string channel) =>
        ref CollectionsMarshal.GetValueRefOrAddDefault(_messages, (distribution, channel), out _);
}
