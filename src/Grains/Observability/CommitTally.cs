using System.Runtime.InteropServices;
using Marketing.Storage;

namespace Marketing.Observability;

/// <summary>Adds up the commits of one transaction. A writer may keep one and clear it, so that counting an event allocates nothing.</summary>
internal sealed class CommitTally
{
    private readonly Dictionary<string, int> _outcomes = [];
    private readonly Dictionary<string, int> _events = [];
    private readonly Dictionary<string, int> _retries = [];
    private readonly Dictionary<(string Channel, string Outcome, string? Reason), int> _handOffs = [];

    public int Commits { get; private set; }

    /// <summary>About how many rows the commits touch.</summary>
    public int Rows { get; private set; }

    public Dictionary<string, int> Outcomes => _outcomes;

    public Dictionary<string, int> Events => _events;

    public Dictionary<string, int> Retries => _retries;

    public Dictionary<(string Channel, string Outcome, string? Reason), int> HandOffs => _handOffs;

    public void Add(Commit commit, CommitOutcome outcome, int rows)
    {
        Commits++;
        Rows += rows;
        Count(_outcomes, outcome.Name);
        if (!outcome.IsDurable)
        {
            return;
        }

        foreach (var entry in CollectionsMarshal.AsSpan(commit.Activity))
        {
            Count(_events, entry.Type);
        }

        foreach (ref readonly var move in CollectionsMarshal.AsSpan(commit.Moves))
        {
            Add(in move);
        }
    }

    public void Clear()
    {
        (Commits, Rows) = (0, 0);
        _outcomes.Clear();
        _events.Clear();
        _retries.Clear();
        _handOffs.Clear();
    }

    private void Add(in MessageMove move)
    {
        switch (move.To)
        {
            case MessageStatus.Sending when move.From == MessageStatus.Retrying:
                Count(_retries, move.Channel);
                break;
            case MessageStatus.Sent:
                Count(_handOffs, (move.Channel, "sent", null));
                break;
            case MessageStatus.Failed:
                Count(_handOffs, (move.Channel, "failed", null));
                break;
            case MessageStatus.Retrying when move.From == MessageStatus.Sending:
                Count(_handOffs, (move.Channel, "retrying", null));
                break;
            case MessageStatus.Skipped:
                Count(_handOffs, (move.Channel, "skipped", SkipReasons.IsKnown(move.Reason) ? move.Reason : "other"));
                break;
            default:
                break;
        }
    }

    private static void Count<TKey>(Dictionary<TKey, int> counts, TKey key)
        where TKey : notnull => CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _)++;
}
