namespace Marketing.Channels;

/// <summary>A hand-off that is going on: what can be called back of it, how much is recorded, and the room it takes.</summary>
internal sealed class RunningHandOff(RunningHandOffs all, long number, int distribution, int lane, HandOverWindow? window, int size, long? decidedAt) : IDisposable
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> _awaited = [];
    private int _calledBack;
    private int _room = window is null ? 0 : size;

    public long Number => number;

    public int Distribution => distribution;

    public int Lane => lane;

    public Recall Recall { get; } = new(decidedAt);

    /// <summary>All of its messages are in line, or further.</summary>
    public void Started() => _started.TrySetResult();

    /// <summary>So many are recorded, or will not be.</summary>
    /// <param name="settled">Of all.</param>
    /// <param name="calledBack">Of those that were called back.</param>
    public void Recorded(int settled, int calledBack)
    {
        lock (_lock)
        {
            _calledBack += calledBack;
            foreach (var (_, reached) in _awaited.Where(one => one.Count <= _calledBack))
            {
                reached.TrySetResult();
            }
        }

        Return(settled);
    }

    /// <summary>Calls back what has not begun, and ends when that is recorded.</summary>
    public async Task CallBackAsync()
    {
        await Task.WhenAny(_started.Task, _over.Task);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var count = Recall.Call();
        lock (_lock)
        {
            if (count <= _calledBack)
            {
                return;
            }

            _awaited.Add((count, reached));
        }

        await Task.WhenAny(reached.Task, _over.Task);
    }

    /// <summary>It is over, however it went; repeating it changes nothing.</summary>
    public void Dispose()
    {
        all.Remove(this);
        _over.TrySetResult();
        Return(int.MaxValue);
    }

    private void Return(int count)
    {
        int returned;
        lock (_lock)
        {
            returned = Math.Min(count, _room);
            _room -= returned;
        }

        if (returned > 0)
        {
            window!.Return(returned);
        }
    }
}
