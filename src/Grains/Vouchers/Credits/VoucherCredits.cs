using System.Globalization;
using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Json;
using Marketing.Storage;

namespace Marketing.Vouchers.Credits;

/// <summary>Changes of the balance of gift cards, and what the ledger says of them.</summary>
internal sealed class VoucherCredits(
    VoucherReads reads, ITableStore<VoucherRow> vouchers, ILoyaltyCards cards, IBalanceStore balances, IOperationStore operations, IGrainFactory grains, ICommitter committer, INumbers numbers, TimeProvider clock)
{
    /// <summary>The type of what sessions hold and give back, which nobody has spent: it is not listed.</summary>
    public const string Held = "HELD";

    private const string Prefix = "vtx_";

    public async Task<VoucherResult> ChangeAsync(CatalogueSnapshot catalogue, VoucherRow row, CreditsChange change, CommandContext context)
    {
        if (row.Type != VoucherTypes.Gift)
        {
            return new VoucherResult.Invalid("", "Only a gift card has a balance");
        }

        // The shop's id of the change stands for it, whatever request it comes with.
        var asked = change.SourceId is { } source
            ? context with { IdempotencyKey = $"{row.Id} balance {source}", IsKeptForGood = true, Fingerprint = change.Amount.ToString(CultureInfo.InvariantCulture) }
            : context;
        while (true)
        {
            if (await operations.FindAsync(catalogue.Project, asked) is { } done)
            {
                return done.IsOther ? change.SourceId is { } used ? new VoucherResult.DuplicateSourceId(used) : new VoucherResult.KeyReused()
                    : new VoucherResult.Saved(new RawJson(done.Result!));
            }

            var voucher = await reads.ViewAsync(catalogue, row);
            if (voucher.Spendable + change.Amount is < 0 or > VoucherLimits.Credits)
            {
                return new VoucherResult.OutOfBounds(voucher.Spendable);
            }

            var fact = await FactAsync(voucher, change, context.Channel);
            switch (await CommitAsync(catalogue.Project, voucher, fact, asked))
            {
                case CustomerAnswer.Recorded:
                    return new VoucherResult.Saved(fact.Answer);
                case CustomerAnswer.KeyReused:
                    return change.SourceId is { } taken ? new VoucherResult.DuplicateSourceId(taken) : new VoucherResult.KeyReused();
                default:
                    // Somebody else changed the balance, or did the same: it is looked at again.
                    break;
            }
        }
    }

    private async Task<CreditsChanged> FactAsync(VoucherView voucher, CreditsChange change, string channel)
    {
        var answer = Answer(voucher, change.Amount);
        return new CreditsChanged
        {
            Voucher = voucher.Row.Number,
            Campaign = voucher.Row.Campaign,
            CampaignId = voucher.Campaign?.Id,
            Amount = change.Amount,
            Entry = await numbers.NextAsync(NumberSequence.Ledger),
            Least = -voucher.InitialCredits,
            Most = VoucherLimits.Credits - voucher.InitialCredits,
            Document = new RawJson(JsonSerializer.SerializeToUtf8Bytes(new CreditsEntry(change.SourceId, change.Reason, channel, null, voucher.InitialCredits), WireJson.Options)),
            Answer = answer,
            EventData = CreditsFold.DataOf(voucher, change.Amount, answer),
        };
    }

    // Of a card that somebody holds it is part of their history.
    private async Task<CustomerAnswer> CommitAsync(int project, VoucherView voucher, CreditsChanged fact, CommandContext context)
    {
        if (voucher.HolderId is { } holder && await grains.Customer(project, holder).RecordAsync(fact, context) is not CustomerAnswer.NotFound and var answer)
        {
            return answer;
        }

        var now = clock.GetStoredNow();
        var commit = new Commit { Project = project, Operation = context.Remember(fact.Answer.Utf8.ToArray(), now) };
        CreditsFold.AddTo(commit, fact, now);
        return (await committer.CommitAsync(commit)).IsDurable ? new CustomerAnswer.Recorded(Nobody, []) : new CustomerAnswer.Superseded();
    }

    private static readonly Customer Nobody = new() { Id = "" };

    /// <summary>A page of the changes of a card in the wire format.</summary>
    public async Task<Listed> ListAsync(CatalogueSnapshot catalogue, VoucherRow row, LedgerQuery query, CancellationToken cancellation)
    {
        var isLoyalty = row.Type == VoucherTypes.Loyalty;
        var account = isLoyalty ? cards.AccountOf(row.Number) : VoucherAccounts.Credits(row.Number);
        var campaign = catalogue.Section<CampaignSection>().Find(row.Campaign)?.Id;
        return await LedgerPages.ReadAsync(
            catalogue, query, clock.GetUtcNow(), await EntryAsync(catalogue.Project, query.StartingAfter) is { } after && after.Account == account ? after.Row : null,
            (last, limit) => balances.LedgerAsync(catalogue.Project, account, last?.Position, limit, cancellation, query.Ascending),
            entries => Task.FromResult<IReadOnlyList<RawJson?>>([.. entries.Select(entry => entry.Type == Held ? null : isLoyalty ? cards.Transaction(row.Id, campaign, entry) : Write(row.Id, campaign, entry))]), IdOf);
    }

    /// <summary>A page of the changes of the cards of a campaign. Those of cards that were deleted are left out.</summary>
    public async Task<Listed> ListAsync(CatalogueSnapshot catalogue, CampaignEntry campaign, LedgerQuery query, CancellationToken cancellation) => await LedgerPages.ReadAsync(
        catalogue, query, clock.GetUtcNow(), await EntryAsync(catalogue.Project, query.StartingAfter),
        (last, limit) => balances.ListedAsync(catalogue.Project, VoucherAccounts.CreditsIn(campaign.Number), last?.Row, limit, cancellation, query.Ascending),
        async entries =>
        {
            var cards = (await vouchers.FindManyAsync(catalogue.Project, [.. entries.Select(static entry => VoucherAccounts.OfCredits(entry.Account)).Distinct()])).ToDictionary(static row => row.Number);
            return [.. entries.Select(entry => cards.GetValueOrDefault(VoucherAccounts.OfCredits(entry.Account)) is { } card ? Write(card.Id, campaign.Id, entry.Row) : null)];
        },
        static entry => IdOf(entry.Row));

    private static string IdOf(LedgerRow entry) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{entry.Entry}");

    private async Task<ListedEntry?> EntryAsync(int project, string? id) =>
        id is not null && id.StartsWith(Prefix, StringComparison.Ordinal) && long.TryParse(id.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var entry)
            ? await balances.FindEntryAsync(project, entry)
            : null;

    /// <summary>What a caller is answered who changed the balance of a card.</summary>
    public static RawJson Answer(VoucherView voucher, long amount, string operation = "MANUAL") => WrittenJson.Of(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("amount"u8, amount);
        json.WriteNumber("total"u8, voucher.InitialCredits + voucher.Added + Math.Max(0, amount));
        json.WriteNumber("balance"u8, voucher.Balance + amount);
        json.WriteString("type"u8, "gift_voucher"u8);
        json.WriteString("operation_type"u8, operation);
        json.WriteString("object"u8, "balance"u8);
        WriteRelated(voucher.Row.Id, json);
        json.WriteEndObject();
    });

    /// <summary>A change in the wire format.</summary>
    public static RawJson Write(string voucherId, string? campaignId, LedgerRow entry) => WrittenJson.Of(json =>
    {
        var said = JsonSerializer.Deserialize<CreditsEntry>(entry.Document, WireJson.Options)!;
        json.WriteStartObject();
        json.WriteString("id"u8, IdOf(entry));
        json.WriteString("source_id"u8, said.SourceId);
        json.WriteString("voucher_id"u8, voucherId);
        json.WriteString("campaign_id"u8, campaignId);
        json.WriteString("source"u8, said.Channel);
        json.WriteString("reason"u8, said.Reason);
        json.WriteString("type"u8, entry.Type);
        json.WriteStartObject("details"u8);
        json.WriteStartObject("balance"u8);
        json.WriteString("type"u8, "gift_voucher"u8);
        json.WriteNumber("amount"u8, said.Amount ?? entry.Delta);
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
internal sealed record CreditsEntry(string? SourceId, string? Reason, string? Channel, string? Redemption, long Initial)
{
    /// <summary>What was spent of what a session held before; null where the change is all there is of it.</summary>
    public long? Amount { get; init; }

    /// <summary>The order it was spent on.</summary>
    public string? Order { get; init; }
}
