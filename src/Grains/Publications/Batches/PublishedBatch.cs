using Marketing.Storage;
using Marketing.Vouchers;
using Marketing.Vouchers.Pool;

namespace Marketing.Publications;

/// <summary>Codes that are being given out in one commit, and what becomes of them when its end is known.</summary>
internal sealed class PublishedBatch(CodePool pool, ITableStore<HolderRow> holders, int project)
{
    private readonly Dictionary<string, PublishedCode> _codes = new(StringComparer.Ordinal);
    private readonly List<PooledCode> _taken = [];

    /// <summary>By the id of the publication; who is not among them got none.</summary>
    public IReadOnlyDictionary<string, PublishedCode> Codes => _codes;

    public void Add(string publicationId, PublishedCode code) => _codes.Add(publicationId, code);

    public void Take(IEnumerable<PooledCode> codes) => _taken.AddRange(codes);

    /// <summary>Those that nobody got after all.</summary>
    public void Return(IEnumerable<PooledCode> codes)
    {
        foreach (var code in codes.ToList())
        {
            _taken.Remove(code);
            pool.GiveBack(project, code);
        }
    }

    /// <summary>The end of the commit; null when nobody knows it.</summary>
    public async ValueTask SettleAsync(CommitOutcome? outcome)
    {
        switch (outcome)
        {
            case null:
                pool.Forget(project, _taken);
                break;
            case { IsDurable: true }:
                _taken.ForEach(code => pool.Used(project, code));
                break;
            default:
                // Somebody else gave one of them out, or something else moved on.
                var given = _taken.Count == 0
                    ? []
                    : (await holders.FindManyAsync(project, [.. _taken.Select(static code => code.Voucher.Number)])).Select(static holder => holder.Number).ToHashSet();
                foreach (var code in _taken)
                {
                    if (given.Contains(code.Voucher.Number))
                    {
                        pool.Used(project, code);
                    }
                    else
                    {
                        pool.GiveBack(project, code);
                    }
                }

                break;
        }

        _taken.Clear();
    }
}
