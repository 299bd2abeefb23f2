using System.Text.Json.Nodes;

namespace Marketing.Orders;

/// <summary>The sums of an order, in minor units. Overflow is a refusal, never a wrong figure.</summary>
internal static class OrderAmounts
{
    public static (string Field, string Message)? Compute(JsonObject order, OrderCommand command, bool amountWasGiven)
    {
        long amount = 0;
        long itemsDiscount = 0;
        try
        {
            if (order["items"] is JsonArray items)
            {
                for (var i = 0; i < items.Count; i++)
                {
                    if (items[i] is not JsonObject item)
                    {
                        return ($"items[{i}]", "must be an object");
                    }

                    var quantity = Number(item, "quantity") ?? 1;
                    var itemAmount = Number(item, "amount") ?? checked(quantity * (Number(item, "price") ?? 0));
                    if (quantity < 0 || itemAmount < 0)
                    {
                        return ($"items[{i}]", "quantity and amount must not be negative");
                    }

                    var discount = Number(item, "discount_amount") ?? 0;
                    item["quantity"] = quantity;
                    item["amount"] = itemAmount;
                    item["subtotal_amount"] = itemAmount - discount;
                    amount = checked(amount + itemAmount);
                    itemsDiscount = checked(itemsDiscount + discount);
                }
            }

            amount = command.Amount ?? (amountWasGiven ? Number(order, "amount") : null) ?? amount;
            var discountAmount = command.DiscountAmount ?? Number(order, "discount_amount") ?? 0;
            var total = checked(discountAmount + itemsDiscount);

            order["amount"] = amount;
            if (command.InitialAmount is not null)
            {
                order["initial_amount"] = command.InitialAmount;
            }

            order["discount_amount"] = discountAmount;
            order["items_discount_amount"] = itemsDiscount;
            order["total_discount_amount"] = total;
            order["applied_discount_amount"] = Math.Min(discountAmount, amount);
            order["total_applied_discount_amount"] = Math.Min(total, amount);
            order["total_amount"] = Math.Max(0, checked(amount - total));
            return null;
        }
        catch (OverflowException)
        {
            return ("items", "the sum of the items is too large");
        }
        catch (InvalidOperationException)
        {
            return ("items", "amounts, prices and quantities must be whole numbers");
        }
        catch (FormatException)
        {
            return ("items", "amounts, prices and quantities must be whole numbers");
        }
    }

    private static long? Number(JsonObject of, string name) => of[name]?.GetValue<long>();
}
