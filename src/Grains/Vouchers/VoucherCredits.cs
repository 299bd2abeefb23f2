using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Json;
using Marketing.Storage;

namespace Marketing.Vouchers;

/// <summary>Changes of the balance of gift cards, and what the ledger says of them.</summary>
internal sealed class VoucherCredits(VoucherReads reads, IBalanceStore balances, IOperationStore operations, ICommitter committer, INumbers numbers, TimeProvider clock)
{
    private const string Prefix = "vtx_";

    public async Task<VoucherResult> ChangeAsync(CatalogueSnapshot catalogue, VoucherRow row, CreditsChange change, CommandContext context)
    {
        if (row.Type != VoucherTypes.Gift)
        {
            return new VoucherResult.Invalid("", "Only a gift card has a balance");
        }

        // The shop's id of the change stands for it, whatever request it comes with.
        var asked = change.SourceId is { } source
            ? context with { IdempotencyKey = $"{row.Id} balance {source}", Fingerprint = change.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture) }
            : context;
        while (true)
        {
            if (await operations.FindAsync(catalogue.Project, asked) is { } done)
            {
                return done.IsOther ? change.SourceId is { } used ? new VoucherResult.DuplicateSourceId(used) : new VoucherResult.KeyReused()
                    : new VoucherResult.Saved(new RawJson(done.Result!));
            }

            var voucher = await reads.ViewAsync(catalogue, row);
            var answer = Answer(voucher, change.Amount);
            var commit = new Commit { Project = catalogue.Project, Operation = asked.Remember(answer.Utf8.ToArray(), clock.GetUtcNow()) };
            commit.Balances.Add(new BalanceChange(
                VoucherAccounts.Credits(row.Number), change.Amount, await numbers.NextAsync(NumberSequence.Ledger), change.Amount < 0 ? "CREDITS_REMOVAL" : "CREDITS_ADDITION",
                clock.GetStoredNow(), JsonSerializer.SerializeToUtf8Bytes(new CreditsEntry(change.SourceId, change.Reason, context.Channel, null, voucher.InitialCredits), WireJson.Options))
            {
                Least = -voucher.InitialCredits,
                Most = VoucherLimits.Credits - voucher.InitialCredits,
            });
            commit.Tallies.Add(new Tally(change.Amount < 0 ? VoucherAccounts.Subtracted(row.Number) : VoucherAccounts.Added(row.Number), Math.Abs(change.Amount)));
            if (row.Campaign is { } campaign)
            {
                commit.Tallies.Add(new Tally(CampaignFigures.Key(campaign, change.Amount < 0 ? "amount_subtracted" : "amount_added"), Math.Abs(change.Amount)));
            }

            switch ((await committer.CommitAsync(commit)).RefusedBy)
            {
                case null:
                    return new VoucherResult.Saved(answer);
                case Guard.Balance held:
                    return new VoucherResult.OutOfBounds(voucher.InitialCredits + held.Value);
                default:
                    break;
            }
        }
    }

    /// <summary>A page of the changes of a card in the wire format.</summary>
    public async Task<Page<RawJson>> ListAsync(CatalogueSnapshot catalogue, VoucherRow row, int limit, string? startingAfter, CancellationToken cancellation)
    {
        var before = startingAfter is { } id && id.StartsWith(Prefix, StringComparison.Ordinal) && long.TryParse(id.AsSpan(Prefix.Length), out var position) ? position : (long?)null;
        var page = await balances.LedgerAsync(catalogue.Project, VoucherAccounts.Credits(row.Number), before, limit, cancellation);
        var voucher = await reads.ViewAsync(catalogue, row);
        return page.Of<RawJson>([.. page.Items.Select(entry => Write(voucher.Row.Id, voucher.Campaign?.Id, entry))]);
    }

    private static RawJson Answer(VoucherView voucher, long amount) => WrittenJson.Of(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("amount"u8, amount);
        json.WriteNumber("total"u8, voucher.InitialCredits + voucher.Added + Math.Max(0, amount));
        json.WriteNumber("balance"u8, voucher.Balance + amount);
        json.WriteString("type"u8, "gift_voucher"u8);
        json.WriteString("operation_type"u8, "MANUAL"u8);
        json.WriteString("object"u8, "balance"u8);
        WriteRelated(voucher.Row.Id, json);
        json.WriteEndObject();
    });

    /// <summary>A change in the wire format.</summary>
    public static RawJson Write(string voucherId, string? campaignId, LedgerRow entry) => WrittenJson.Of(json =>
    {
        var said = JsonSerializer.Deserialize<CreditsEntry>(entry.Document, WireJson.Options)!;
        json.WriteStartObject();
        json.WriteString("id"u8, $"{Prefix}{entry.Position}");
        json.WriteString("source_id"u8, said.SourceId);
        json.WriteString("voucher_id"u8, voucherId);
        json.WriteString("campaign_id"u8, campaignId);
        json.WriteString("source"u8, said.Channel);
        json.WriteString("reason"u8, said.Reason);
        json.WriteString("type"u8, entry.Type);
        json.WriteStartObject("details"u8);
        json.WriteStartObject("balance"u8);
        json.WriteString("type"u8, "gift_voucher"u8);
        json.WriteNumber("amount"u8, entry.Delta);
        json.WriteNumber("balance"u8, said.Initial + entry.Value);
        json.WriteString("object"u8, "balance"u8);
        WriteRelated(voucherId, json);
        json.WriteEndObject();
        if (said.Redemption is not null)
        {
            json.WriteStartObject("redemption"u8);
            json.WriteString("id"u8, said.Redemption);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteNull("related_transaction_id"u8);
        json.WriteString("created_at"u8, WireJson.Text(entry.At));
        json.WriteEndObject();
    });

    private static void WriteRelated(string voucherId, Utf8JsonWriter json)
    {
        json.WriteStartObject("related_object"u8);
        json.WriteString("type"u8, "voucher"u8);
        json.WriteString("id"u8, voucherId);
        json.WriteEndObject();
    }
}

/// <summary>What the ledger keeps of a change of credits. Names are the stored format.</summary>
/// <param name="SourceId">The shop's id of it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Channel">Who asked.</param>
/// <param name="Redemption">The redemption it belongs to.</param>
/// <param name="Initial">What the card began with.</param>
internal sealed record CreditsEntry(string? SourceId, string? Reason, string? Channel, string? Redemption, long Initial);
