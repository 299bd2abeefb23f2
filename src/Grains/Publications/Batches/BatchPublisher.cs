using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Storage;
using Marketing.Vouchers;
using Marketing.Vouchers.Pool;

namespace Marketing.Publications;

/// <summary>
/// Gives codes of a campaign to many customers, in a commit of somebody who does something else with it. A publication has an id of its own choice, so that the same customer gets the same code however often it is asked for.
/// </summary>
internal sealed class BatchPublisher(
    ITableStore<PublicationRow> store, ITableStore<VoucherRow> vouchers, ITableStore<HolderRow> holders, JoinedPublications joined, CodePool pool, INumbers numbers, TimeProvider clock)
{
    /// <summary>Finds what was published before, takes codes for the others and adds them to the commit.</summary>
    /// <param name="catalogue">The project's.</param>
    /// <param name="campaign">Whose codes.</param>
    /// <param name="wanted">Who is to get one; those first that go first when there are too few.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="commit">What is done with it.</param>
    public async Task<PublishedBatch> PrepareAsync(
        CatalogueSnapshot catalogue, CampaignEntry campaign, IReadOnlyList<PublicationWish> wanted, PublicationSource source, Commit commit)
    {
        var project = catalogue.Project;
        var given = (await store.FindManyAsync(project, [.. wanted.Select(static wish => wish.PublicationId)])).ToDictionary(static row => row.Id, StringComparer.Ordinal);
        var before = campaign.JoinsOnce ? await joined.FindAsync(project, campaign, [.. wanted.Select(static wish => wish.Customer)]) : [];
        var batch = new PublishedBatch(pool, holders, project);
        var missing = new List<PublicationWish>(wanted.Count);
        var known = new List<(PublicationWish Wish, PublicationRow Row)>();
        foreach (var wish in wanted)
        {
            if (given.TryGetValue(wish.PublicationId, out var row) || before.TryGetValue(wish.Customer, out row))
            {
                known.Add((wish, row));
            }
            else
            {
                missing.Add(wish);
            }
        }

        await AddKnownAsync(project, known, batch);
        if (missing.Count > 0)
        {
            var codes = await pool.TakeAsync(catalogue, campaign, missing.Count);
            batch.Take(codes);
            await AddAsync(campaign, missing, codes, source, commit, batch);
        }

        return batch;
    }

    /// <summary>The code that was given by a wish; null where none was.</summary>
    public async Task<PublishedCode?> FindAsync(CatalogueSnapshot catalogue, CampaignEntry campaign, PublicationWish wish)
    {
        var row = (await store.FindManyAsync(catalogue.Project, [wish.PublicationId])) is [var made] ? made
            : campaign.JoinsOnce ? (await joined.FindAsync(catalogue.Project, campaign, [wish.Customer])).GetValueOrDefault(wish.Customer)
            : null;
        var batch = new PublishedBatch(pool, holders, catalogue.Project);
        await AddKnownAsync(catalogue.Project, row is null ? [] : [(wish, row)], batch);
        return batch.Codes.GetValueOrDefault(wish.PublicationId);
    }

    private async Task AddKnownAsync(int project, List<(PublicationWish Wish, PublicationRow Row)> known, PublishedBatch batch)
    {
        if (known.Count == 0)
        {
            return;
        }

        long[] numbersOf = [.. known.Select(static one => one.Row.Voucher).OfType<long>().Distinct()];
        var rows = (await vouchers.FindManyAsync(project, numbersOf)).ToDictionary(static row => row.Number);
        var held = (await holders.FindManyAsync(project, numbersOf)).ToDictionary(static holder => holder.Number);
        foreach (var (wish, row) in known)
        {
            // One that was deleted since is given to nobody any more.
            if (row.Voucher is { } number && rows.TryGetValue(number, out var voucher))
            {
                batch.Add(wish.PublicationId, new PublishedCode(voucher, row, held.GetValueOrDefault(number), IsNew: false));
            }
        }
    }

    private async Task AddAsync(
        CampaignEntry campaign, IReadOnlyList<PublicationWish> missing, IReadOnlyList<PooledCode> codes, PublicationSource source, Commit commit, PublishedBatch batch)
    {
        var now = clock.GetStoredNow();
        var metadata = new RawJson(JsonSerializer.SerializeToUtf8Bytes(source.Metadata, WireJson.Options));
        var used = 0;
        var once = new Dictionary<long, PublishedCode>();
        foreach (var wish in missing)
        {
            // Twice in one batch: by two occurrences.
            if (campaign.JoinsOnce && once.TryGetValue(wish.Customer, out var same))
            {
                batch.Add(wish.PublicationId, same);
                continue;
            }

            if (used == codes.Count)
            {
                break;
            }

            var voucher = codes[used++].Voucher;
            var document = new PublicationDocument { VoucherIds = [voucher.Id], Codes = [voucher.Code], TrackingId = wish.TrackingId, Channel = source.Channel, Metadata = metadata };
            var row = new PublicationRow(
                await numbers.NextAsync(PublicationTable.Publications.Numbers), wish.PublicationId, 0, null, campaign.JoinsOnce ? PublicationRow.OnceOf(campaign.Number, wish.Customer) : null,
                wish.Customer, campaign.Number, voucher.Number, PublicationRow.Success, new RawJson(JsonSerializer.SerializeToUtf8Bytes(document, WireJson.Options)), now);
            commit.Rows.Add(PublicationTable.Publications.Save(row));
            var holder = new HolderRow(voucher.Number, voucher.Id, 0, wish.Customer, row.Number, voucher.Revision ?? campaign.Current.Revision, source.Distribution, now);
            commit.Rows.Add(HolderTable.Holders.Save(holder));
            var code = new PublishedCode(voucher, row, holder, IsNew: true);
            batch.Add(wish.PublicationId, code);
            once[wish.Customer] = code;
        }

        batch.Return(codes.Skip(used));
        if (used > 0)
        {
            commit.Tallies.Add(new Tally(CampaignFigures.Key(campaign.Number, CampaignFigures.Published), used));
            commit.Tallies.Add(new Tally(CampaignFigures.Key(campaign.Number, CampaignFigures.Given), used));
        }
    }
}

/// <summary>Who is to get a code.</summary>
/// <param name="PublicationId">The id of the publication, the same each time it is asked for.</param>
/// <param name="Customer">The customer's number.</param>
/// <param name="CustomerId">The customer's id.</param>
/// <param name="TrackingId">The customer's source id.</param>
internal sealed record PublicationWish(string PublicationId, long Customer, string CustomerId, string? TrackingId);

/// <summary>Where publications come from.</summary>
/// <param name="Channel">As they show it.</param>
/// <param name="Distribution">The number of the distribution.</param>
/// <param name="Metadata">What they show of it.</param>
internal sealed record PublicationSource(string Channel, long Distribution, IReadOnlyDictionary<string, string> Metadata);

/// <summary>A code that a customer has, or gets with the commit.</summary>
/// <param name="Voucher">The voucher.</param>
/// <param name="Publication">The publication.</param>
/// <param name="Holder">Under which terms the customer has it.</param>
/// <param name="IsNew">Whether it is given with the commit.</param>
internal sealed record PublishedCode(VoucherRow Voucher, PublicationRow Publication, HolderRow? Holder, bool IsNew);
