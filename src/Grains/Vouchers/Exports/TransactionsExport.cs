using System.Globalization;
using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Exports;
using Marketing.Filters;
using Marketing.Shapes;
using Marketing.Storage;
using Marketing.Vouchers.Credits;
using static Marketing.Shapes.Fields;

namespace Marketing.Vouchers.Exports;

/// <summary>
/// Changes of the balance of gift cards and loyalty cards in exports: card by card as the cards were made, of each the newest change first. Where filters name the cards, only those are walked, and where they name campaigns, no other ledgers are read.
/// </summary>
/// <param name="store">The cards.</param>
/// <param name="balances">Their ledgers.</param>
/// <param name="catalogues">Their campaigns.</param>
/// <param name="loyalty">What is known of loyalty cards.</param>
/// <param name="cards">Ids of the cards; null for all.</param>
/// <param name="campaignIds">Ids of their campaigns; null for any, or none.</param>
internal sealed class TransactionsExport(
    ITableStore<VoucherRow> store, IBalanceStore balances, Catalogues catalogues, ILoyaltyCards loyalty, IReadOnlyList<string>? cards, IReadOnlyList<string>? campaignIds) : IExportSource
{
    private const int CardsAtOnce = 100;

    private static readonly Shape Transaction = new("voucher_transactions", "A change of the balance of a gift card")
    {
        Fields = [.. Texts("id", "campaign_id", "voucher_id", "type", "source_id", "reason", "source"), Date("created_at")],
    };

    public static readonly FilterSubject Subject = new(Transaction);

    public TransactionsExport(ITableStore<VoucherRow> store, IBalanceStore balances, Catalogues catalogues, ILoyaltyCards loyalty)
        : this(store, balances, catalogues, loyalty, null, null)
    {
    }

    public string Name => "voucher_transactions";

    public IReadOnlyList<ExportField> Fields { get; } =
    [
        .. new[] { "id", "campaign_id", "voucher_id", "type", "source_id", "reason", "source" }.Select(Of), OfBalance("balance"), new("amount", static item => AmountOf(((TransactionRow)item.Row).Json)),
        .. new[] { "related_transaction_id", "created_at", "details" }.Select(Of),
    ];

    public IReadOnlyList<string> Usual { get; } = ["id", "type", "source_id", "reason", "balance", "amount", "created_at", "voucher_id", "campaign_id", "details", "related_transaction_id", "source"];

    public IReadOnlyList<string> Orders { get; } = ["created_at"];

    public string? WalkedIn => null;

    public bool MeetsNewestFirst => true;

    public Shape Shape => Transaction;

    public Func<ExportItem, RawJson?>? Metadata => null;

    public IExportSource Within(RawJson? filters) => (ListFilter.NamedBy(filters, "voucher_id"), ListFilter.NamedBy(filters, "campaign_id")) is var (named, of) && (named ?? of) is not null
        ? new TransactionsExport(store, balances, catalogues, loyalty, named, of)
        : this;

    public async Task<ExportPage> WalkAsync(int project, string? after, int limit)
    {
        // The card that was walked to its end, and how far the next one was.
        var (place, before) = after?.Split('|') is [var card, var position]
            ? (TableWalk.Read(card), long.TryParse(position, CultureInfo.InvariantCulture, out var known) ? known : (long?)null)
            : (null, null);
        var campaigns = (await catalogues.GetAsync(project)).Section<CampaignSection>();
        var rows = await CardsAsync(project, place);
        var items = new List<ExportItem>();
        foreach (var row in rows)
        {
            for (var more = row.Type is VoucherTypes.Gift or VoucherTypes.Loyalty && (campaignIds is null || (campaigns.Find(row.Campaign) is { } its && campaignIds.Contains(its.Id))); more;)
            {
                var isLoyalty = row.Type == VoucherTypes.Loyalty;
                var page = await balances.LedgerAsync(project, isLoyalty ? loyalty.AccountOf(row.Number) : VoucherAccounts.Credits(row.Number), before, limit, CancellationToken.None);
                var campaign = campaigns.Find(row.Campaign)?.Id;
                items.AddRange(page.Items.Where(static entry => entry.Type != VoucherCredits.Held)
                    .Select(entry => ItemOf(isLoyalty ? loyalty.Transaction(row.Id, campaign, entry) : VoucherCredits.Write(row.Id, campaign, entry))));
                (before, more) = (page.HasMore ? page.Items[^1].Position : null, page.HasMore);
                if (more && items.Count >= limit)
                {
                    return new ExportPage(items, Next(place, before));
                }
            }

            place = new TablePlace(row.CreatedAt.ToUnixTimeMilliseconds(), row.Number);
            if (items.Count >= limit)
            {
                return new ExportPage(items, Next(place, null));
            }
        }

        return new ExportPage(items, rows.Count == CardsAtOnce ? Next(place, null) : null);
    }

    private async Task<IReadOnlyList<VoucherRow>> CardsAsync(int project, TablePlace? place)
    {
        if (cards is null)
        {
            return await store.WalkAsync(project, place, CardsAtOnce);
        }

        var rows = (await store.FindManyAsync(project, cards)).Select(static row => (Place: (row.CreatedAt.ToUnixTimeMilliseconds(), row.Number), Row: row)).OrderBy(static one => one.Place);
        return [.. rows.Where(one => place is not { } walked || one.Place.CompareTo((walked.Value, walked.Number)) > 0).Take(CardsAtOnce).Select(static one => one.Row)];
    }

    private static string Next(TablePlace? place, long? before) => string.Create(
        CultureInfo.InvariantCulture, $"{(place is { } walked ? TableWalk.Write(DateTimeOffset.FromUnixTimeMilliseconds(walked.Value), walked.Number) : "")}|{before}");

    private static ExportItem ItemOf(RawJson transaction) => new(transaction.Utf8.ToArray(), new TransactionRow(transaction.ToElement()));

    private static ExportField Of(string name) => new(name, item => ExportedVoucher.TextOf(ExportedVoucher.Inner(((TransactionRow)item.Row).Json, name)));

    private static ExportField OfBalance(string name) =>
        new(name, item => ExportedVoucher.TextOf(ExportedVoucher.Inner(ExportedVoucher.Inner(ExportedVoucher.Inner(((TransactionRow)item.Row).Json, "details"), "balance"), name)));

    // Points of loyalty cards have another name.
    private static string? AmountOf(JsonElement transaction)
    {
        var balance = ExportedVoucher.Inner(ExportedVoucher.Inner(transaction, "details"), "balance");
        return ExportedVoucher.TextOf(ExportedVoucher.Inner(balance, "amount")) ?? ExportedVoucher.TextOf(ExportedVoucher.Inner(balance, "points"));
    }

    private sealed record TransactionRow(JsonElement Json);
}
