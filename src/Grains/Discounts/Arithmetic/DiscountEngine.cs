using Marketing.Carts;

namespace Marketing.Discounts;

/// <summary>Applies discounts to carts. Pure: the cart it is given is as it was.</summary>
internal static class DiscountEngine
{
    /// <summary>The cart with the discount.</summary>
    /// <param name="discount">What is taken off.</param>
    /// <param name="applicability">Off which lines, for a discount on items; nothing to one on the order, or one that gives units away.</param>
    /// <param name="cart">What earlier discounts have left.</param>
    /// <param name="settings">What else it has to know.</param>
    public static Applied Apply(Discount discount, Applicability applicability, Cart cart, DiscountSettings settings)
    {
        return discount switch
        {
            Discount.Unit unit => UnitArithmetic.Apply(unit, cart.Settled(), settings),
            Discount.Amount { Effect: AmountEffect.ApplyToOrder } or Discount.Percent { Effect: PlainEffect.ApplyToOrder }
                or Discount.Fixed { Effect: PlainEffect.ApplyToOrder } or Discount.Credits { Effect: PlainEffect.ApplyToOrder } => OrderArithmetic.Apply(discount, cart.Settled(), settings),
            _ => ItemArithmetic.Apply(discount, applicability, cart, settings),
        };
    }
}
