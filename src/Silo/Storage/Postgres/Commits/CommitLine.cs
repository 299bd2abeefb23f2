using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Marketing.Storage.Postgres;

/// <summary>
/// Where commits wait. One is ready when every earlier one with a key of its own is finished, so commits on the same row are written
/// in the order they came and never by two writers at once, while all others overtake them freely.
/// </summary>
/// <remarks>The line has no end: everybody in it waits for an answer anyway, so a bound would only make them wait elsewhere.</remarks>
internal sealed class CommitLine
{
    private readonly Lock _lock = new();
    private readonly Dictionary<CommitKey, PendingCommit> _last = [];
    private readonly HashSet<PendingCommit> _unfinished = [];
    private readonly Channel<PendingCommit> _ready = Channel.CreateUnbounded<PendingCommit>();

    private bool _closed;

    /// <summary>How many commits are in line, those being written included.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _unfinished.Count;
            }
        }
    }

    /// <summary>Takes the commit in; false when the line is closed.</summary>
    public bool TryEnter(PendingCommit commit)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return false;
            }

            _unfinished.Add(commit);
            foreach (var key in CommitKey.Of(commit.Commit))
            {
                ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(_last, key, out _);
                if (last is not null && last != commit)
                {
                    (last.Followers ??= []).Add(commit);
                    commit.WaitsFor++;
                    commit.IsStuck |= last.IsStuck;
                }

                last = commit;
            }

            if (commit.WaitsFor == 0)
            {
                _ready.Writer.TryWrite(commit);
            }

            return true;
        }
    }

    /// <summary>Fills the group with what is ready; false when the line is closed and empty.</summary>
    public async Task<bool> TakeAsync(List<PendingCommit> group, int mostCommits, int mostWeight)
    {
        while (await _ready.Reader.WaitToReadAsync())
        {
            for (var weight = 0; weight < mostWeight && group.Count < mostCommits && _ready.Reader.TryRead(out var commit);)
            {
                group.Add(commit);
                weight += commit.Weight;
            }

            if (group.Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Lets the followers of answered commits go.</summary>
    public void Finish(IEnumerable<PendingCommit> answered)
    {
        lock (_lock)
        {
            foreach (var commit in answered)
            {
                _unfinished.Remove(commit);
                foreach (var key in CommitKey.Of(commit.Commit))
                {
                    if (_last.TryGetValue(key, out var last) && last == commit)
                    {
                        _last.Remove(key);
                    }
                }

                foreach (var follower in commit.Followers ?? [])
                {
                    if (--follower.WaitsFor == 0)
                    {
                        follower.IsStuck = false;
                        _ready.Writer.TryWrite(follower);
                    }
                }
            }

            CompleteWhenEmpty();
        }
    }

    /// <summary>Notes that a commit waits for another transaction, and with it the commits behind it.</summary>
    public void Stick(PendingCommit commit)
    {
        lock (_lock)
        {
            var stuck = new Stack<PendingCommit>([commit]);
            while (stuck.TryPop(out var next))
            {
                next.IsStuck = true;
                foreach (var follower in next.Followers ?? [])
                {
                    if (!follower.IsStuck)
                    {
                        stuck.Push(follower);
                    }
                }
            }
        }
    }

    /// <summary>The commits in line now, or null when the line is closed.</summary>
    public IReadOnlyList<PendingCommit>? Unfinished()
    {
        lock (_lock)
        {
            return _closed ? null : [.. _unfinished];
        }
    }

    /// <summary>Takes no more in; what is in line is still handed out.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            CompleteWhenEmpty();
        }
    }

    private void CompleteWhenEmpty()
    {
        if (_closed && _unfinished.Count == 0)
        {
            _ready.Writer.TryComplete();
        }
    }
}
