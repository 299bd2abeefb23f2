namespace Marketing.AsyncActions;

/// <summary>
/// Where the background jobs of a silo wait for their turn: a few work at once, and projects take turns. However many files are uploaded, what else the
/// silo does finds threads and room in the line for the database, and a small project's file does not wait for all of a large one's.
/// </summary>
internal sealed class ImportLine(TimeProvider clock)
{
    /// <summary>One decides on its rows while the other's are written.</summary>
    public const int Places = 2;

    // How long a job keeps its place while other projects wait. Each stretch reads the payload again.
    private static readonly TimeSpan Stretch = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, LinkedList<TaskCompletionSource<ImportPlace>>> _waiting = [];

    // Each project that waits, once.
    private readonly LinkedList<int> _turns = [];

    private int _free = Places;

    /// <summary>A place, as soon as it is the job's turn. Give it back by disposing of it.</summary>
    /// <param name="project">Whose job it is.</param>
    /// <param name="goesOn">Whether it had a place before: it then is the first of its project.</param>
    /// <param name="cancellation">Leaves the line.</param>
    public async Task<ImportPlace> EnterAsync(int project, bool goesOn, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var turn = new TaskCompletionSource<ImportPlace>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return NewPlace(project);
            }

            if (!_waiting.TryGetValue(project, out var line))
            {
                _waiting.Add(project, line = []);
                _turns.AddLast(project);
            }

            if (goesOn)
            {
                line.AddFirst(turn);
            }
            else
            {
                line.AddLast(turn);
            }
        }

        await using var leaving = cancellation.UnsafeRegister(_ => Leave(project, turn, cancellation), null);
        return await turn.Task;
    }

    /// <summary>Whether the job should let others go on.</summary>
    public bool IsOver(ImportPlace place)
    {
        lock (_lock)
        {
            return clock.GetElapsedTime(place.Since) >= Stretch && _turns.Any(project => project != place.Project);
        }
    }

    private ImportPlace NewPlace(int project) => new(project, clock.GetTimestamp(), GiveBack);

    private void GiveBack()
    {
        lock (_lock)
        {
            if (_turns.First is not { Value: var project })
            {
                _free++;
                return;
            }

            var line = _waiting[project];
            var next = line.First!.Value;
            line.RemoveFirst();
            EndTurn(project, line);
            next.SetResult(NewPlace(project));
        }
    }

    private void Leave(int project, TaskCompletionSource<ImportPlace> turn, CancellationToken cancellation)
    {
        lock (_lock)
        {
            // Otherwise it was its turn at this moment.
            if (_waiting.TryGetValue(project, out var line) && line.Remove(turn))
            {
                if (line.Count == 0)
                {
                    _turns.Remove(project);
                    _waiting.Remove(project);
                }

                turn.SetCanceled(cancellation);
            }
        }
    }

    private void EndTurn(int project, LinkedList<TaskCompletionSource<ImportPlace>> line)
    {
        _turns.RemoveFirst();
        if (line.Count > 0)
        {
            _turns.AddLast(project);
        }
        else
        {
            _waiting.Remove(project);
        }
    }
}
