namespace Marketing.Channels;

/// <summary>A hand-off that is going on: what can be called back of it, and how much of that is recorded.</summary>
internal sealed class RunningHandOff
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> _awaited = [];
    private int _recorded;

    public Recall Recall { get; } = new();

    /// <summary>All of its messages are in line, or further.</summary>
    public void Started() => _started.TrySetResult();

    /// <summary>So many that were called back are recorded.</summary>
    public void Recorded(int calledBack)
    {
        lock (_lock)
        {
            _recorded += calledBack;
            foreach (var (_, reached) in _awaited.Where(one => one.Count <= _recorded))
            {
                reached.TrySetResult();
            }
        }
    }

    public void Over() => _over.TrySetResult();

    /// <summary>Calls back what has not begun, and ends when that is recorded.</summary>
    public async Task CallBackAsync()
    {
        await _started.Task;
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var count = Recall.Call();
        lock (_lock)
        {
            if (count <= _recorded)
            {
                return;
            }

            _awaited.Add((count, reached));
        }

        await Task.WhenAny(reached.Task, _over.Task);
    }
}
