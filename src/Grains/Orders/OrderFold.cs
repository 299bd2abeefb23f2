using Marketing.Customers;
using Marketing.Customers.Facts;

namespace Marketing.Orders;

/// <summary>A changed order is written with its customer, whose summary has its share of it.</summary>
internal sealed class OrderFold : CustomerFold<OrderChange>
{
    public override byte[] Remember(CustomerFact fact, IReadOnlyList<string> eventIds) => RecordedOrder.Write(((OrderChange)fact).OrderId);

    public override CustomerAnswer Recall(CustomerFact fact, byte[]? kept, string customerId, Customer? present) => new CustomerAnswer.KeyKnown();

    protected override CustomerPatch? NewProfile(OrderChange fact) => fact.Customer;

    protected override Folded Fold(OrderChange fact, CustomerWork work)
    {
        work.Apply(fact.Customer);
        Apply(fact, work);
        return Folded.Changed();
    }

    /// <summary>Writes the order and raises its events, apart from what came with it of the customer: for whatever else changes an order.</summary>
    public static void Apply(OrderChange fact, CustomerWork work)
    {
        work.Refuse(0, OrderMetadata.ProblemsOf(work.Catalogue, fact));
        OrderRules.Fold(work.Customer.Summary.Orders, fact.Before, fact.After);
        work.Commit.Rows.Add(OrderTable.Orders.Save(OrderRules.RowOf(fact, work.Number, work.Customer.Id)));
        var data = OrderShape.DataOf(fact.Document);
        foreach (var type in fact.Events)
        {
            work.Raise(type, null, data);
        }
    }
}
