using System.Text.Json;
using Marketing.Customers;
using Marketing.Customers.Facts;
using Marketing.Loyalties;
using Marketing.Orders;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Redemptions;

/// <summary>What was redeemed or taken back becomes part of its customer's history, in the commit that counts it.</summary>
internal sealed class RedemptionFold : CustomerFold<RedemptionRecorded>
{
    public override byte[] Remember(CustomerFact fact, IReadOnlyList<string> eventIds) => RememberedOf((RedemptionRecorded)fact);

    public override CustomerAnswer Recall(CustomerFact fact, byte[]? kept, string customerId, Customer? present) => new CustomerAnswer.KeyKnown();

    // Members and cards are decided on outside, whoever else follows them.
    public override bool DecidesOn(Guard guard) => true;

    // Everything the deciding was done by may have moved on: whoever decided looks again. What is somebody else's stays so.
    public override CustomerAnswer RefusedBy(CustomerFact fact, Guard guard) => guard switch
    {
        Guard.Unique { Table: CustomerWrite.Table or "orders" } taken => new CustomerAnswer.Taken(taken.Table, taken.Column, taken.Value),
        _ => new CustomerAnswer.Superseded(),
    };

    /// <summary>What is kept under an idempotency key.</summary>
    public static byte[] RememberedOf(RedemptionRecorded fact) => JsonSerializer.SerializeToUtf8Bytes(fact.Id);

    /// <summary>Writes all of it but what only a customer has.</summary>
    public static void AddTo(Commit commit, RedemptionRecorded fact, long? customer, string? customerId, DateTimeOffset now)
    {
        foreach (var row in fact.Rows)
        {
            commit.Rows.Add(RedemptionTable.Redemptions.Save(row with { Customer = row.Customer ?? customer }));
        }

        foreach (var session in fact.Sessions)
        {
            commit.Rows.Add(session.Ends ? SessionTable.Sessions.Delete(session) : SessionTable.Sessions.Save(session));
        }

        foreach (var voucher in fact.First)
        {
            commit.Rows.Add(VoucherTable.Vouchers.Save(voucher));
        }

        foreach (var account in fact.Accounts)
        {
            commit.Balances.Add(new BalanceChange(account.Account, account.Delta, account.Entry, account.Type, now.AsStored(), account.Document.Utf8.ToArray())
            {
                Least = account.Least,
                Most = account.Most,
                Listed = account.Listed,
            });
        }

        foreach (var figure in fact.Figures)
        {
            commit.Tallies.Add(new Tally(figure.Key, figure.Delta));
        }

        if (fact.Order is { } order && customer is null)
        {
            commit.Rows.Add(OrderTable.Orders.Save(OrderRules.RowOf(order, customer, customerId)));
        }
    }

    protected override CustomerPatch? NewProfile(RedemptionRecorded fact) => fact.MustExist ? null : fact.Customer;

    protected override Folded Fold(RedemptionRecorded fact, CustomerWork work)
    {
        work.Apply(fact.Customer);
        AddTo(work.Commit, fact, work.Number, work.Customer.Id, work.Now);
        var summary = work.Customer.Summary.Redemptions;
        summary.TotalRedeemed += fact.Summary.Succeeded + fact.Summary.Failed;
        summary.TotalSucceeded += fact.Summary.Succeeded;
        summary.TotalFailed += fact.Summary.Failed;
        summary.TotalRolledBack += fact.Summary.RolledBack;
        summary.TotalRollbackSucceeded += fact.Summary.RolledBack;
        summary.TotalRollbackFailed += fact.Summary.RollbackFailed;
        summary.Gift.RedeemedAmount += fact.Summary.Credits;
        if (fact.Order is { } order)
        {
            OrderFold.Apply(order, work);
        }

        int[] entries = [.. fact.Events.Select(happened => work.Raise(happened.Type, happened.Campaign, happened.Data.Utf8.ToArray()))];

        // Of a card that is given with it the points are known, so that it does not begin with others.
        foreach (var member in fact.Members)
        {
            MemberCommits.AddTo(work, member);
        }

        foreach (var gift in fact.Gifts)
        {
            gift.AddTo(work);
        }

        return Folded.Changed(entries);
    }
}
