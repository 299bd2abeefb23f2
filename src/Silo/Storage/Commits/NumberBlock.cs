namespace Marketing.Storage;

/// <summary>The numbers of one sequence that this process has reserved.</summary>
internal sealed class NumberBlock(Func<NumberSequence, int, Task<long>> reserve, NumberSequence sequence, int size)
{
    private readonly Lock _lock = new();

    private long _next;
    private long _end;
    private Task<long>? _ahead;

    /// <summary>Begins to reserve the next numbers, unless that has begun.</summary>
    public void ReserveAhead()
    {
        lock (_lock)
        {
            _ahead ??= ReserveAsync(size);
        }
    }

    /// <summary>The first of some consecutive numbers. At once while the block lasts; nobody who waits for the next one holds a thread.</summary>
    public ValueTask<long> TakeAsync(int count)
    {
        if (count >= size)
        {
            return new(ReserveAsync(count));
        }

        lock (_lock)
        {
            if (TryTake(count, out var first))
            {
                return new(first);
            }
        }

        return new(TakeWhenReservedAsync(count));
    }

    private async Task<long> TakeWhenReservedAsync(int count)
    {
        while (true)
        {
            Task<long> ahead;
            lock (_lock)
            {
                if (TryTake(count, out var first))
                {
                    return first;
                }

                // One reserved in vain, while the database was away, is reserved again.
                ahead = _ahead is { IsCompleted: false } ? _ahead : _ahead = ReserveAsync(size);
            }

            await ahead;
        }
    }

    private bool TryTake(int count, out long first)
    {
        if (_end - _next < count && _ahead is { IsCompletedSuccessfully: true } ahead)
        {
            // What is left of the block is given up: a range must be consecutive.
            _next = ahead.Result;
            _end = _next + size;
            _ahead = null;
        }

        first = _next;
        if (_end - _next < count)
        {
            return false;
        }

        _next += count;
        if (_ahead is null && _end - _next < size / 2)
        {
            _ahead = ReserveAsync(size);
        }

        return true;
    }

    // On the pool's scheduler: many wait for it, and none of them is to wait for the turn of the grain that happened to be first.
    private Task<long> ReserveAsync(int count) => Task.Run(() => reserve(sequence, count));
}
