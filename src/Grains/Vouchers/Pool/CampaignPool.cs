using System.Diagnostics.CodeAnalysis;
using Marketing.Vouchers.Generation;

namespace Marketing.Vouchers.Pool;

/// <summary>A code that was taken out of the pool.</summary>
/// <param name="Voucher">The voucher.</param>
/// <param name="Lease">The range it came with.</param>
internal sealed record PooledCode(VoucherRow Voucher, CodeLease Lease);

/// <summary>A range of codes that this silo works through.</summary>
/// <param name="range">As it is stored.</param>
/// <param name="readAt">When its codes were read, as the clock's timestamp.</param>
internal sealed class CodeLease(CodeRangeRow range, long readAt)
{
    public long ReadAt { get; } = readAt;

    public CodeRangeRow Range { get; } = range;

    /// <summary>Codes of which nobody has said yet what became of them.</summary>
    public int Open { get; set; }
}

/// <summary>The free codes of one campaign that this silo has leased.</summary>
internal sealed class CampaignPool
{
    private readonly Lock _lock = new();
    private readonly Queue<PooledCode> _codes = new();
    private readonly List<CodeLease> _leases = [];
    private TaskCompletionSource? _settled;

    /// <summary>Held while it is filled.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    public bool TryTake([NotNullWhen(true)] out PooledCode? code)
    {
        lock (_lock)
        {
            return _codes.TryDequeue(out code);
        }
    }

    public void Add(CodeRangeRow range, long readAt, IEnumerable<VoucherRow> free)
    {
        lock (_lock)
        {
            var lease = new CodeLease(range, readAt);
            _leases.Add(lease);
            foreach (var voucher in free)
            {
                lease.Open++;
                _codes.Enqueue(new PooledCode(voucher, lease));
            }
        }
    }

    /// <summary>Waits until it is known what became of one of the codes that are out; false when none is, or nobody says so in time.</summary>
    /// <param name="held">How many are out with the caller.</param>
    /// <param name="patience">How long to wait.</param>
    public async Task<bool> MaySomeComeBackAsync(int held, TimeSpan patience)
    {
        Task settled;
        lock (_lock)
        {
            if (_codes.Count > 0)
            {
                return true;
            }

            if (_leases.Sum(static lease => lease.Open) <= held)
            {
                return false;
            }

            settled = (_settled ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        await settled.WaitAsync(patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return settled.IsCompleted;
    }

    public void Settle(CodeLease lease)
    {
        lock (_lock)
        {
            lease.Open--;
            Tell();
        }
    }

    public void GiveBack(PooledCode code)
    {
        lock (_lock)
        {
            Tell();

            // Of a range that was let go of it is found again by whoever reads it.
            if (_leases.Contains(code.Lease))
            {
                _codes.Enqueue(code);
            }
        }
    }

    /// <summary>Whether it works through a range, as it is stored.</summary>
    public bool Has(CodeRangeRow range)
    {
        lock (_lock)
        {
            return _leases.Exists(lease => lease.Range.Number == range.Number && lease.Range.Version == range.Version);
        }
    }

    /// <summary>Lets go of a range, with what is left of it, so that it is read again.</summary>
    public void Forget(CodeLease lease)
    {
        lock (_lock)
        {
            if (_leases.Remove(lease))
            {
                var others = _codes.Where(code => code.Lease != lease).ToList();
                _codes.Clear();
                others.ForEach(_codes.Enqueue);
            }
        }
    }

    private void Tell()
    {
        _settled?.TrySetResult();
        _settled = null;
    }

    /// <summary>Ranges of which every code is known to be given out. They are not told again.</summary>
    public IReadOnlyList<CodeRangeRow> Finished()
    {
        lock (_lock)
        {
            var finished = _leases.Where(static lease => lease.Open == 0).ToList();
            _leases.RemoveAll(static lease => lease.Open == 0);
            return [.. finished.Select(static lease => lease.Range)];
        }
    }
}
