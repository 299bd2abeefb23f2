using Marketing.Campaigns;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Publications;

/// <summary>
/// What customers were given of a campaign that gives them one code only. Whose code was deleted may be given another one: the old publication stays, and stands in nobody's way.
/// </summary>
internal sealed class JoinedPublications(ITableStore<PublicationRow> store, ITableStore<VoucherRow> vouchers, ICommitter committer)
{
    private const int MostOfCustomer = 1_000;

    /// <summary>The publication of each customer that has one, by the customer's number.</summary>
    public async Task<Dictionary<long, PublicationRow>> FindAsync(int project, CampaignEntry campaign, IReadOnlyCollection<long> customers)
    {
        long[] asked = [.. customers.Distinct()];
        var joined = (await LiveAsync(project, await store.FindManyAsync(project, PublicationTable.Once, [.. asked.Select(customer => PublicationRow.OnceOf(campaign.Number, customer))])))
            .ToDictionary(static row => row.Customer);

        // Those who were given a code before customers of the campaign joined once.
        long[] others = [.. asked.Where(customer => !joined.ContainsKey(customer))];
        var before = others.Length == 0 ? [] : await store.FindManyAsync(project, PublicationTable.Customer, others, MostOfCustomer);
        foreach (var row in await LiveAsync(project, [.. before.Where(row => row.Campaign == campaign.Number && row.Result == PublicationRow.Success)]))
        {
            joined.TryAdd(row.Customer, row);
        }

        return joined;
    }

    private async Task<IReadOnlyList<PublicationRow>> LiveAsync(int project, IReadOnlyList<PublicationRow> rows)
    {
        if (rows.Count == 0)
        {
            return rows;
        }

        var there = (await vouchers.FindManyAsync(project, [.. rows.Select(static row => row.Voucher).OfType<long>().Distinct()])).Select(static voucher => voucher.Number).ToHashSet();
        var lapsed = rows.Where(row => row.Once is not null && !(row.Voucher is { } voucher && there.Contains(voucher))).ToList();
        if (lapsed.Count > 0)
        {
            // In a commit of its own, before anybody else takes the place. Who is slower than another finds it done.
            var commit = new Commit { Project = project };
            commit.Rows.AddRange(lapsed.Select(static row => PublicationTable.Publications.Save(row with { Once = null })));
            await committer.CommitAsync(commit);
        }

        return [.. rows.Where(row => row.Voucher is { } voucher && there.Contains(voucher))];
    }
}
