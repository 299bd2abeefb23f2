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
            _ahead ??= reserve(sequence, size);
        }
    }

    /// <summary>The first of some consecutive numbers.</summary>
    public long Take(int count)
    {
        if (count >= size)
        {
            return reserve(sequence, count).GetAwaiter().GetResult();
        }

        lock (_lock)
        {
            if (_end - _next < count)
            {
                // What is left of the block is given up: a range must be consecutive.
                // One reserved in vain, while the database was away, is reserved again.
                var ahead = _ahead is { IsFaulted: false } ? _ahead : reserve(sequence, size);
                _ahead = null;
                _next = ahead.GetAwaiter().GetResult();
                _end = _next + size;
            }

            var first = _next;
            _next += count;
            if (_ahead is null && _end - _next < size / 2)
            {
                _ahead = reserve(sequence, size);
            }

            return first;
        }
    }
}
