using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Json;
using Marketing.Vouchers;

namespace Marketing.Loyalties;

/// <summary>Points that move from one card to another. Both sides are one commit; a holder of another card hears of it right after, or with the next night.</summary>
internal sealed partial class LoyaltyCardGrain
{
    public async Task<LoyaltyResult> TransferInAsync(IReadOnlyList<PointsTransfer> transfers, CommandContext context)
    {
        // One id of several would be forgotten otherwise: the first stands for all of the request.
        var source = transfers.Select(static one => one.SourceId).FirstOrDefault(static id => id is not null);
        var fingerprint = string.Join('\n', transfers.Select(static one => $"{one.Code}\t{one.Points}\t{one.SourceId}"));
        var asked = source is null ? context : context with { IdempotencyKey = $"{_id} transfer {source}", IsKeptForGood = true, Fingerprint = fingerprint };
        while (true)
        {
            if (await DoneAsync(asked, source) is { } done)
            {
                return done is LoyaltyResult.Saved ? await ShowAsync() : done;
            }

            var (catalogue, row, holder, refusal) = await ReadAsync();
            if (refusal is not null)
            {
                return refusal;
            }

            var (cards, missing) = await SourcesAsync(catalogue, row!, transfers);
            if (missing is not null)
            {
                return missing;
            }

            var opened = (await books.OpenAsync(catalogue, [row!, .. cards.Values.DistinctBy(static card => card.Number)], row!.Customer)).ToDictionary(static book => book.Row.Number);
            if (!opened.TryGetValue(row.Number, out var target))
            {
                return new LoyaltyResult.NotFound("voucher", _id);
            }

            if (await SettleFirstAsync(opened.Values))
            {
                continue;
            }

            if (Move(target, transfers, cards, opened, context.Channel) is { } wrong)
            {
                return wrong;
            }

            var fact = new MembersChanged { Members = await books.CloseAsync(catalogue, [.. opened.Values], holder!), Answer = RawJson.EmptyObject };
            switch (await GrainFactory.Customer(_project, holder!).RecordAsync(fact, asked))
            {
                case CustomerAnswer.Recorded:
                    await nights.SettleAsync(_project, [.. opened.Values.Where(static book => !book.IsHolders).Select(static book => book.Row.Customer).Distinct()]);
                    return await ShowAsync();
                case CustomerAnswer.KeyReused:
                    return source is not null ? new LoyaltyResult.DuplicateSourceId(source) : new LoyaltyResult.KeyReused();
                default:
                    break;
            }
        }
    }

    private static LoyaltyResult.OutOfBounds? Move(MemberBook target, IReadOnlyList<PointsTransfer> transfers, Dictionary<string, MemberRow> cards, Dictionary<long, MemberBook> opened, string channel)
    {
        foreach (var transfer in transfers)
        {
            var from = opened[cards[transfer.Code].Number];
            var taken = from.Take(PointsTypes.TransferOut, transfer.Points, new PointsCause(transfer.SourceId, transfer.Reason, channel, Details("destination_voucher", target)));
            if (taken is null || target.State.Total + transfer.Points > LoyaltyLimits.Points)
            {
                return new LoyaltyResult.OutOfBounds(from.State.Balance);
            }

            // What counts for tiers was counted when it was earned.
            var given = target.Add(
                PointsTypes.TransferIn, transfer.Points, target.Program.EndOf(null, target.Today), new PointsCause(transfer.SourceId, transfer.Reason, channel, Details("source_voucher", from)), counts: false);
            (taken.Related, given.Related) = (given, taken);
            target.Tell(new MemberEvent(TriggerCatalogue.PointsAdjusted) { Entry = given });
            if (from.IsHolders)
            {
                from.Tell(new MemberEvent(TriggerCatalogue.PointsAdjusted) { Entry = taken });
            }
        }

        return null;
    }

    // What time has done to the cards of others belongs to them, and is told them first.
    private async Task<bool> SettleFirstAsync(IEnumerable<MemberBook> opened)
    {
        long[] due = [.. opened.Where(static book => !book.IsHolders && (book.Before.Untold != 0 || book.Before.DueOn(book.Program.Tiering) <= book.Today)).Select(static book => book.Row.Customer).Distinct()];
        return due.Length > 0 && await nights.SettleAsync(_project, due) > 0;
    }

    private async Task<(Dictionary<string, MemberRow> Cards, LoyaltyResult? Refusal)> SourcesAsync(CatalogueSnapshot catalogue, MemberRow target, IReadOnlyList<PointsTransfer> transfers)
    {
        var found = await reads.FindRowsAsync(catalogue, [.. transfers.Select(static one => one.Code).Distinct(StringComparer.Ordinal)]);
        var rows = (await members.FindManyAsync(_project, [.. found.Values.Select(static card => card.Number)])).ToDictionary(static row => row.Number);
        var cards = new Dictionary<string, MemberRow>(StringComparer.Ordinal);
        foreach (var transfer in transfers)
        {
            if (!found.TryGetValue(transfer.Code, out var card) || card.Campaign != target.Campaign)
            {
                return (cards, new LoyaltyResult.NotFound("voucher", transfer.Code));
            }

            if (!rows.TryGetValue(card.Number, out var row) || row.Number == target.Number)
            {
                return (cards, row is null ? new LoyaltyResult.NotHeld(transfer.Code) : new LoyaltyResult.Invalid([new FieldProblem("code", "must be another card")]));
            }

            cards[transfer.Code] = row;
        }

        return (cards, null);
    }

    private static RawJson Details(string name, MemberBook card) => WrittenJson.Of(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject(name);
        json.WriteString("id"u8, card.Row.Id);
        json.WriteString("type"u8, VoucherTypes.Loyalty);
        json.WriteString("campaign"u8, card.Program.Campaign.Name);
        json.WriteString("campaign_id"u8, card.Program.Campaign.Id);
        json.WriteBoolean("is_referral_code"u8, false);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private async Task<LoyaltyResult> ShowAsync() => await vouchers.FindAsync(_project, _id) is { } row
        ? new LoyaltyResult.Saved(VoucherShape.Write(await reads.ViewAsync(await catalogues.GetAsync(_project), row)))
        : new LoyaltyResult.NotFound("voucher", _id);
}
