using CsCheck;
using Marketing.Carts;
using Xunit;

namespace Marketing.Discounts;

public sealed class DiscountPropertyTests
{
    [Fact]
    public void Whatever_is_stacked_nothing_is_negative_and_sums_agree() => Gen.Select(AnyStack.Cart, AnyStack.Stack, AnyStack.Settings).Sample((cart, stack, settings) =>
    {
        var before = cart;
        foreach (var (discount, applicability) in stack)
        {
            var applied = DiscountEngine.Apply(discount, applicability, before, settings);
            Holds(before, applied);
            before = applied.After;
        }
    });

    [Fact]
    public void Each_cap_holds() => Gen.Select(AnyStack.Cart, AnyStack.Discount, AnyStack.Applicability, AnyStack.Settings).Sample((cart, discount, applicability, settings) =>
    {
        var applied = DiscountEngine.Apply(discount, applicability, cart, settings);
        var (lineLimit, limit) = discount switch
        {
            Discount.Amount amount => (null, amount.AggregatedLimit),
            Discount.Percent percent => (percent.Limit, percent.AggregatedLimit),
            Discount.Credits credits => (null, (long?)credits.Worth),
            _ => ((long?)null, (long?)null),
        };
        Assert.True(discount is Discount.Unit || applied.Amount <= cart.TotalAmount);
        Assert.True(limit is null || applied.Amount <= limit);
        foreach (var rule in applied.Covered.GroupBy(line => line.By, ReferenceEqualityComparer.Instance as IEqualityComparer<ApplicationRule>))
        {
            var amounts = rule.Select(line => applied.After.Lines[line.Index].AppliedDiscountAmount).ToList();
            Assert.True(rule.Key.AggregatedAmountLimit is null || amounts.Sum() <= rule.Key.AggregatedAmountLimit);
            Assert.All(amounts, amount => Assert.True((rule.Key.AmountLimit is null || amount <= rule.Key.AmountLimit) && (lineLimit is null || amount <= lineLimit)));
            Assert.All(rule, line => Assert.True(rule.Key.QuantityLimit is null || line.Units <= rule.Key.QuantityLimit));
            Assert.True(rule.Key.AggregatedQuantityLimit is null || rule.Sum(line => line.Units) <= rule.Key.AggregatedQuantityLimit);
        }
    });

    [Fact]
    public void The_units_of_a_rule_are_those_one_counts_one_by_one() => Gen.Select(AnyStack.Cart, AnyStack.Applicability).Sample((cart, applicability) =>
    {
        var covered = Coverage.Of(applicability, cart, isOnce: false);
        Assert.Equal(covered.Count, covered.Select(line => line.Index).Distinct().Count());
        foreach (var line in covered.Where(line => line.By.Target == ApplicationTarget.Unit && line.By.AggregatedQuantityLimit is null && line.By.QuantityLimit is null))
        {
            var quantity = cart.Lines[line.Index].Quantity;
            Assert.Equal(line.Units, Enumerable.Range(0, (int)quantity).Count(unit => Coverage.IsCovered(line.By, line.FirstUnit + unit)));
            Assert.Equal(line.Units, line.Positions(quantity).Count());
        }
    });

    [Fact]
    public void A_split_adds_up_and_leaves_nobody_more_than_its_room() => Gen.Select(Gen.Long[0, 20_000], Gen.Select(Gen.Long[0, 5_000], Gen.Long[0, 5_000]).Array[1, 12]).Sample((amount, lines) =>
    {
        var (weights, rooms, parts) = (lines.Select(line => line.Item1).ToArray(), lines.Select(line => line.Item2).ToArray(), new long[lines.Length]);
        Split.ByWeight(amount, weights, rooms, parts);
        Assert.Equal(Math.Min(amount, lines.Where(line => line.Item1 > 0).Sum(line => line.Item2)), parts.Sum());
        Assert.All(parts.Zip(rooms), part => Assert.InRange(part.First, 0, part.Second));

        // Where there is room for all, nobody is a whole unit away from its exact share.
        var sum = weights.Sum();
        if (sum > 0 && weights.Zip(rooms).All(line => line.Second >= ((decimal)amount * line.First / sum) + 1))
        {
            Assert.All(parts.Zip(weights), part => Assert.True(Math.Abs(part.First - ((decimal)amount * part.Second / sum)) < 1));
        }
    });

    [Fact]
    public void Amounts_off_the_order_come_to_the_same_in_either_order() => Gen.Select(AnyStack.Cart, Gen.Long[0, 6_000], Gen.Long[0, 6_000]).Sample((cart, one, other) =>
    {
        // Two amounts do not depend on each other while there is something to pay. A percentage and an amount do, and so do two percentages by their rounding.
        var (first, second) = (new Discount.Amount(one, AmountEffect.ApplyToOrder), new Discount.Amount(other, AmountEffect.ApplyToOrder));
        Assert.Equal(TotalOf(cart, first, second), TotalOf(cart, second, first));
    });

    [Fact]
    public void Discounts_on_different_lines_come_to_the_same_in_either_order() => Gen.Select(AnyStack.Cart, Gen.Int[0, 100], Gen.Long[0, 6_000]).Sample((cart, percent, amount) =>
    {
        // As long as the order's amount is not less than its lines', whose remainder would go to the first.
        cart = cart with { Amount = cart.Lines.Sum(line => line.Amount) + cart.DiscountAmount, InitialAmount = cart.Lines.Sum(line => line.Amount) + cart.DiscountAmount };
        var (onA, onB) = (On("a"), On("b"));
        var (first, second) = (new Discount.Percent(percent, PlainEffect.ApplyToItems), new Discount.Amount(amount, AmountEffect.ApplyToItems));
        var one = DiscountEngine.Apply(second, onB, DiscountEngine.Apply(first, onA, cart, DiscountSettings.Default).After, DiscountSettings.Default).After;
        var other = DiscountEngine.Apply(first, onA, DiscountEngine.Apply(second, onB, cart, DiscountSettings.Default).After, DiscountSettings.Default).After;
        Assert.Equal(one.Lines.Select(line => line.DiscountAmount), other.Lines.Select(line => line.DiscountAmount));
    });

    [Fact]
    public void A_stack_is_its_discounts_one_after_the_other() => Gen.Select(AnyStack.Cart, AnyStack.Stack).Sample((cart, stack) =>
    {
        var redeemables = stack.Select((one, at) => new StackedRedeemable($"{at}", [], (on, turn) => StackingDecision.Of(DiscountEngine.Apply(one.Discount, one.Applicability, on, turn.Of(DiscountSettings.Default))))).ToList();
        var stacked = Stacking.Apply(redeemables, StackingRules.Default with { ApplicableLimit = 30 }, cart);
        var after = stack.Aggregate(cart, (on, one) => DiscountEngine.Apply(one.Discount, one.Applicability, on, DiscountSettings.Default).After);
        Assert.True(stacked.IsValid);
        Assert.Equal((after.TotalAmount, after.DiscountAmount, after.ItemsDiscountAmount), (stacked.After.TotalAmount, stacked.After.DiscountAmount, stacked.After.ItemsDiscountAmount));
        Assert.Equal(stacked.After.TotalDiscountAmount - cart.TotalDiscountAmount, stacked.After.AppliedDiscountAmount + stacked.After.ItemsAppliedDiscountAmount);
    });

    [Fact]
    public void What_is_too_large_is_refused_and_changes_nothing()
    {
        var cart = new Cart { Amount = 10, InitialAmount = 10, Lines = [new CartLine { ProductId = "a", Price = CartLimits.Amount, Amount = 10 }] };
        foreach (var units in (long[])[2, CartLimits.Quantity])
        {
            var applied = DiscountEngine.Apply(new Discount.Unit([new FreeUnits(units, "a", UnitEffect.AddNewItems)], false), Applicability.Everything, cart, DiscountSettings.Default);
            Assert.Equal("the order would become larger than it may be", applied.Refusal);
            Assert.Equal((0, 10), (applied.Amount, applied.After.Amount));
        }
    }

    [Fact]
    public void The_largest_numbers_there_may_be_are_computed_exactly()
    {
        var cart = new Cart { Amount = CartLimits.Amount, InitialAmount = CartLimits.Amount, Lines = [new CartLine { ProductId = "a", Price = 1_000_000, Quantity = CartLimits.Quantity, Amount = CartLimits.Amount, InitialAmount = CartLimits.Amount }] };
        Applied Apply(Discount discount, ApplicationRule? items = null) => DiscountEngine.Apply(discount, new Applicability { Included = [items ?? new ApplicationRule()] }, cart, DiscountSettings.Default);
        Assert.Equal(999_999_999_999_999, Apply(new Discount.Percent(99.9999999999999m, PlainEffect.ApplyToItems)).Amount);
        Assert.Equal(333_333_333_000_000, Apply(new Discount.Percent(100, PlainEffect.ApplyToItems), new ApplicationRule { QuantityLimit = 333_333_333 }).Amount);
        Assert.Equal(CartLimits.Amount, Apply(new Discount.Amount(CartLimits.Amount, AmountEffect.ApplyToItemsByQuantity)).Amount);
        Assert.Equal(CartLimits.Amount, Apply(new Discount.Amount(CartLimits.Amount, AmountEffect.ApplyToItemsProportionally)).Amount);
        Assert.Equal(0, Apply(new Discount.Fixed(CartLimits.Amount, PlainEffect.ApplyToItems)).Amount);
    }

    private static void Holds(Cart before, Applied applied)
    {
        var after = applied.After;
        Assert.Null(applied.Refusal);
        Assert.Equal(after.Amount - after.TotalDiscountAmount, after.TotalAmount);
        Assert.Equal(applied.Amount, after.AppliedDiscountAmount + after.ItemsAppliedDiscountAmount);
        Assert.Equal(before.TotalDiscountAmount + applied.Amount, after.TotalDiscountAmount);
        Assert.Equal(before.InitialAmount, after.InitialAmount);
        Assert.Equal(before.Amount + after.Lines.Sum(line => line.AppliedQuantityAmount), after.Amount);
        Assert.InRange(applied.Amount, 0, long.MaxValue);
        Assert.True(applied.Amount == 0 || applied.HasEffect);
        for (var at = 0; at < after.Lines.Length; at++)
        {
            var (line, old) = (after.Lines[at], at < before.Lines.Length ? before.Lines[at] : new CartLine { Quantity = 0 });
            Assert.InRange(line.AppliedDiscountAmount, 0, long.MaxValue);
            Assert.InRange(line.SubtotalAmount, 0, line.Amount);
            Assert.InRange(line.DiscountQuantity, 0, line.Quantity);
            Assert.Equal(old.DiscountAmount + line.AppliedDiscountAmount, line.DiscountAmount);
            Assert.Equal(old.Amount + line.AppliedQuantityAmount, line.Amount);
            Assert.Equal(old.Quantity + line.AppliedQuantity, line.Quantity);
            Assert.Equal(old.DiscountQuantity + line.AppliedDiscountQuantity, line.DiscountQuantity);
        }
    }

    private static Applicability On(string product) => new() { Included = [new ApplicationRule { Matches = line => line.ProductId == product }] };

    private static long TotalOf(Cart cart, Discount one, Discount other) =>
        DiscountEngine.Apply(other, Applicability.Everything, DiscountEngine.Apply(one, Applicability.Everything, cart, DiscountSettings.Default).After, DiscountSettings.Default).After.TotalAmount;
}
