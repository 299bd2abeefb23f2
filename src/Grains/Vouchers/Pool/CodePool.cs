using System.Collections.Concurrent;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Projects;
using Marketing.Storage;
using Marketing.Vouchers.Generation;

namespace Marketing.Vouchers.Pool;

/// <summary>
/// Free codes of campaigns, as this silo gives them out. A silo leases a range of a campaign's codes and works through it without asking anybody; that a code is given out once is decided by
/// its holder's row, not here. When there is nothing else left, what another silo leased is looked through again, so that nothing is lost with a silo.
/// </summary>
internal sealed class CodePool(
    ITableStore<CodeRangeRow> ranges, ITableStore<VoucherRow> vouchers, ITableStore<HolderRow> holders, CodeGenerator generator, ICommitter committer, INumbers numbers, TimeProvider clock)
{
    // For those who are giving out the last codes: what they give back is there for the others.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // A range that is given out at once is not read twice.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(int Project, long Campaign), CampaignPool> _pools = new();

    // Of this process, so that its leases are told from those of its predecessor.
    private readonly string _silo = Guid.NewGuid().ToString("N");

    /// <summary>
    /// Takes codes that nobody has, as far as is known. Whoever takes them says what became of each: <see cref="Used"/> or <see cref="GiveBack"/>. Fewer than asked for when the campaign has no more; one that makes its codes as they
    /// are needed always has more.
    /// </summary>
    public async Task<IReadOnlyList<PooledCode>> TakeAsync(CatalogueSnapshot catalogue, CampaignEntry campaign, int count)
    {
        var pool = PoolOf(catalogue.Project, campaign.Number);
        List<PooledCode> taken = [];
        await pool.Gate.WaitAsync();
        try
        {
            while (taken.Count < count)
            {
                var some = new List<PooledCode>(count - taken.Count);
                while (some.Count < count - taken.Count && pool.TryTake(out var code))
                {
                    some.Add(code);
                }

                if (some.Count > 0)
                {
                    taken.AddRange(await CurrentAsync(catalogue.Project, some));
                }
                else if (!await FillAsync(catalogue, campaign, pool, count - taken.Count) && !await pool.MaySomeComeBackAsync(taken.Count, Patience))
                {
                    break;
                }
            }

            return taken;
        }
        catch
        {
            Forget(catalogue.Project, taken);
            throw;
        }
        finally
        {
            pool.Gate.Release();
        }
    }

    // A code that has waited here for a while may have been changed, disabled or deleted since it was read.
    private async Task<IReadOnlyList<PooledCode>> CurrentAsync(int project, List<PooledCode> some)
    {
        var now = clock.GetTimestamp();
        var old = some.Where(code => clock.GetElapsedTime(code.Lease.ReadAt, now) > Fresh).ToHashSet();
        if (old.Count == 0)
        {
            return some;
        }

        Dictionary<long, VoucherRow> rows;
        try
        {
            rows = (await vouchers.FindManyAsync(project, [.. old.Select(static code => code.Voucher.Number)])).ToDictionary(static row => row.Number);
        }
        catch
        {
            Forget(project, some);
            throw;
        }

        var current = new List<PooledCode>(some.Count);
        foreach (var code in some)
        {
            if (!old.Contains(code))
            {
                current.Add(code);
            }
            else if (rows.TryGetValue(code.Voucher.Number, out var row) && row.IsActive && row.Campaign == code.Voucher.Campaign)
            {
                current.Add(code with { Voucher = row });
            }
            else
            {
                Used(project, code);
            }
        }

        return current;
    }

    /// <summary>The code is given out, by us or by somebody else.</summary>
    public void Used(int project, PooledCode code) => PoolOf(project, code.Voucher.Campaign!.Value).Settle(code.Lease);

    /// <summary>The code was not given out after all.</summary>
    public void GiveBack(int project, PooledCode code) => PoolOf(project, code.Voucher.Campaign!.Value).GiveBack(code);

    /// <summary>Nobody knows whether these were given out: their ranges are looked through again when there is nothing else left.</summary>
    public void Forget(int project, IReadOnlyList<PooledCode> codes)
    {
        foreach (var code in codes)
        {
            PoolOf(project, code.Voucher.Campaign!.Value).Forget(code.Lease);
        }
    }

    /// <summary>Whether the campaign has a code that is free, or makes one.</summary>
    public async Task<bool> HasMoreAsync(CatalogueSnapshot catalogue, CampaignEntry campaign)
    {
        var taken = await TakeAsync(catalogue, campaign, 1);
        foreach (var code in taken)
        {
            GiveBack(catalogue.Project, code);
        }

        return taken.Count > 0;
    }

    private CampaignPool PoolOf(int project, long campaign) => _pools.GetOrAdd((project, campaign), static _ => new CampaignPool());

    // False when there is nothing more.
    private async Task<bool> FillAsync(CatalogueSnapshot catalogue, CampaignEntry campaign, CampaignPool pool, int wanted)
    {
        const int Choice = 16;
        while (true)
        {
            var found = await ranges.FindManyAsync(catalogue.Project, CodeRangeTable.Campaign, [campaign.Number], Choice);
            var free = found.Where(static range => range.LeasedBy is null).ToList();

            // What this process has leased is in its memory already.
            var next = free.Count > 0 ? free[Random.Shared.Next(free.Count)] : found.FirstOrDefault(range => !pool.Has(range));
            if (next is null)
            {
                return campaign.Row.Type == CampaignTypes.AutoUpdate && await GenerateAsync(catalogue, campaign, pool, wanted);
            }

            if (await LeaseAsync(catalogue.Project, campaign, next, pool.Finished()) is not { } lease)
            {
                continue;
            }

            var rows = await vouchers.FindManyAsync(catalogue.Project, [.. Numbers(lease.First, lease.Last)]);
            var given = (await holders.FindManyAsync(catalogue.Project, [.. rows.Select(static row => row.Number)])).Select(static holder => holder.Number).ToHashSet();
            pool.Add(lease, clock.GetTimestamp(), rows.Where(row => row.IsActive && row.Campaign == campaign.Number && !given.Contains(row.Number)).OrderBy(static row => row.Number));
            return true;
        }
    }

    // Null when another silo was faster.
    private async Task<CodeRangeRow?> LeaseAsync(int project, CampaignEntry campaign, CodeRangeRow next, IReadOnlyList<CodeRangeRow> finished)
    {
        const int Chunk = 1_000;
        var commit = new Commit { Project = project };
        CodeRangeRow lease;
        if (next.LeasedBy is null && next.Last - next.First >= Chunk)
        {
            lease = CodeRangeRow.New(await numbers.NextAsync(CodeRangeTable.Ranges.Numbers), campaign.Number, next.First, next.First + Chunk - 1, _silo, clock.GetStoredNow());
            commit.Rows.Add(CodeRangeTable.Ranges.Save(next with { First = next.First + Chunk }));
        }
        else
        {
            lease = next with { LeasedBy = _silo };
        }

        commit.Rows.Add(CodeRangeTable.Ranges.Save(lease));
        if (!(await committer.CommitAsync(commit)).IsDurable)
        {
            return null;
        }

        await DropAsync(project, finished);
        return lease with { Version = lease.Version + 1 };
    }

    private async Task<bool> GenerateAsync(CatalogueSnapshot catalogue, CampaignEntry campaign, CampaignPool pool, int wanted)
    {
        var made = await generator.MakeAsync(
            catalogue.Project, campaign, campaign.Pattern, catalogue.Section<ProjectSection>().CaseSensitiveCodes, Math.Min(wanted, CodeGenerator.Part), RawJson.EmptyObject, null, _silo);
        await DropAsync(catalogue.Project, pool.Finished());
        pool.Add(made.Range, clock.GetTimestamp(), made.Vouchers);
        return true;
    }

    // One at a time: that somebody else has taken one over must not keep the others.
    private async Task DropAsync(int project, IReadOnlyList<CodeRangeRow> finished)
    {
        foreach (var range in finished)
        {
            var commit = new Commit { Project = project };
            commit.Rows.Add(CodeRangeTable.Ranges.Delete(range));
            await committer.CommitAsync(commit);
        }
    }

    private static IEnumerable<long> Numbers(long first, long last)
    {
        for (var number = first; number <= last; number++)
        {
            yield return number;
        }
    }
}
