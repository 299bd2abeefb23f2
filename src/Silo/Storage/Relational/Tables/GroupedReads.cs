using System.Collections.Concurrent;

namespace Marketing.Storage.Relational;

/// <summary>
/// Rows that many ask for at once, each by its key. Whoever comes while the database is busy with others' is served by the next statement, together with all who came meanwhile: under load a round trip is shared by dozens,
/// and alone nobody waits. What is read was there after it was asked for.
/// </summary>
/// <param name="database">Where reading costs no round trip every caller reads alone.</param>
/// <param name="read">Reads the rows of some keys of a project.</param>
/// <param name="keyOf">The key that a row was found by.</param>
internal sealed class GroupedReads<TKey, TFound>(ISqlDatabase database, Func<int, IReadOnlyCollection<TKey>, Task<IReadOnlyList<TFound>>> read, Func<TFound, TKey> keyOf)
    where TKey : notnull
{
    // More of one caller would make the others wait.
    private const int MostOfCaller = 100;

    // Two, so that a slow one does not hold up all others.
    private const int AtOnce = 2;

    private readonly ConcurrentDictionary<int, Line> _lines = new();

    /// <summary>The rows of some keys, in no order; none for a key that there is not.</summary>
    public async Task<IReadOnlyList<TFound>> ReadAsync(int project, IReadOnlyCollection<TKey> keys)
    {
        if (keys.Count == 0)
        {
            return [];
        }

        if (keys.Count > MostOfCaller || !database.HasRoundTrips)
        {
            return await read(project, keys);
        }

        var found = await _lines.GetOrAdd(project, static (number, reads) => new Line(group => reads.RunAsync(number, group)), this).Join(keys).Answer.Task;
        return [.. keys.Distinct().SelectMany(key => found[key])];
    }

    public async Task<TFound?> FirstAsync(int project, TKey key)
    {
        var found = await ReadAsync(project, [key]);
        return found.Count > 0 ? found[0] : default;
    }

    private async Task RunAsync(int project, Group group)
    {
        try
        {
            group.Answer.TrySetResult((await read(project, group.Keys)).ToLookup(keyOf));
        }
        catch (Exception failure)
        {
            group.Answer.TrySetException(failure);
        }
    }

    /// <summary>Who is read for together.</summary>
    private sealed class Group
    {
        public HashSet<TKey> Keys { get; } = [];

        public TaskCompletionSource<ILookup<TKey, TFound>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Those who wait, of a project.</summary>
    private sealed class Line(Func<Group, Task> run)
    {
        private readonly Lock _gate = new();
        private Group? _next;
        private int _running;

        public Group Join(IReadOnlyCollection<TKey> keys)
        {
            Group group;
            lock (_gate)
            {
                group = _next ??= new Group();
                group.Keys.UnionWith(keys);
                if (_running == AtOnce)
                {
                    return group;
                }

                _running++;
                _next = null;
            }

            // Not where the caller runs: a grain's turn would have to come for others to be answered.
            _ = Task.Run(() => WorkAsync(group));
            return group;
        }

        private async Task WorkAsync(Group first)
        {
            for (Group? group = first; group is not null;)
            {
                await run(group);
                lock (_gate)
                {
                    (group, _next) = (_next, null);
                    _running -= group is null ? 1 : 0;
                }
            }
        }
    }
}
