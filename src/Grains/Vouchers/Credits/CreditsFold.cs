using Marketing.Activity;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Customers.Facts;
using Marketing.Shapes;
using Marketing.Storage;
using static Marketing.Shapes.Fields;

namespace Marketing.Vouchers.Credits;

/// <summary>Credits come and go in the commit that says so to whoever listens.</summary>
internal sealed class CreditsFold : CustomerFold<CreditsChanged>
{
    public static readonly Shape Balance = new("balance", "The change of the card: amounts in minor units, or points")
    {
        Fields = [.. Numbers("amount", "points", "total", "balance"), Text("type"), Text("operation_type"), Kind("balance"), Object("related_object", "The card", [.. Texts("type", "id")])],
        Example = static (_, _) => ActivityData.Write(json =>
        {
            json.WritePropertyName("balance"u8);
            json.WriteRawValue("""{"amount":2500,"points":2500,"total":7500,"balance":7500,"type":"gift_voucher","operation_type":"MANUAL","object":"balance"}"""u8);
        }),
    };

    public override byte[] Remember(CustomerFact fact, IReadOnlyList<string> eventIds) => ((CreditsChanged)fact).Answer.Utf8.ToArray();

    public override CustomerAnswer Recall(CustomerFact fact, byte[]? kept, string customerId, Customer? present) => new CustomerAnswer.KeyKnown();

    public override CustomerAnswer RefusedBy(CustomerFact fact, Guard guard) => new CustomerAnswer.Superseded();

    public static void AddTo(Commit commit, CreditsChanged fact, DateTimeOffset now)
    {
        commit.Balances.Add(new BalanceChange(
            VoucherAccounts.Credits(fact.Voucher), fact.Amount, fact.Entry, fact.Amount < 0 ? "CREDITS_REMOVAL" : "CREDITS_ADDITION", now.AsStored(), fact.Document.Utf8.ToArray())
        {
            Least = fact.Least,
            Most = fact.Most,
            Listed = fact.Campaign is { } of ? VoucherAccounts.CreditsIn(of) : null,
        });
        commit.Tallies.Add(new Tally(fact.Amount < 0 ? VoucherAccounts.Subtracted(fact.Voucher) : VoucherAccounts.Added(fact.Voucher), Math.Abs(fact.Amount)));
        if (fact.Campaign is { } campaign)
        {
            commit.Tallies.Add(new Tally(CampaignFigures.Key(campaign, fact.Amount < 0 ? "amount_subtracted" : "amount_added"), Math.Abs(fact.Amount)));
        }
    }

    /// <summary>The objects of the event.</summary>
    /// <param name="voucher">The card before it.</param>
    /// <param name="amount">What is added.</param>
    /// <param name="balance">What the caller is answered.</param>
    public static RawJson DataOf(VoucherView voucher, long amount, RawJson balance) => new(ActivityData.Write(json =>
    {
        json.WritePropertyName("balance"u8);
        json.WriteRawValue(balance.Utf8.Span, skipInputValidation: true);
        json.WritePropertyName("campaign"u8);
        CampaignShape.WriteBrief(voucher.Campaign, json);
        json.WritePropertyName("voucher"u8);
        VoucherShape.Write(voucher.WithCredits(amount), json);
    }));

    protected override CustomerPatch? NewProfile(CreditsChanged fact) => null;

    protected override Folded Fold(CreditsChanged fact, CustomerWork work)
    {
        AddTo(work.Commit, fact, work.Now);
        return Folded.Changed(work.Raise(TriggerCatalogue.CreditsAdjusted, fact.CampaignId, fact.EventData.Utf8.ToArray()));
    }
}
