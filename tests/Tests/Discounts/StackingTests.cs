using System.Collections.Immutable;
using System.Globalization;
using Marketing.Carts;
using Xunit;

namespace Marketing.Discounts;

/// <summary>
/// What becomes of redeemables that are used together. Each is "name" or "name:category" or "name:category+category": r takes 10 off the order; x does not apply; z applies and takes nothing off;
/// p is 10 percent of the order. Exclusive categories begin with e, joint ones with j; the number in a category's name is its place.
/// </summary>
public sealed class StackingTests
{
    private const string Limit = "applicable_redeemables_limit_exceeded";
    private const string CategoryLimit = "applicable_redeemables_per_category_limit_exceeded";
    private const string ExclusiveLimit = "applicable_exclusive_redeemables_limit_exceeded";
    private const string ExclusiveCategoryLimit = "applicable_exclusive_redeemables_per_category_limit_exceeded";
    private const string Exclusion = "exclusion_rules_not_met";
    private const string Preceding = "preceding_validation_failed";
    private const string NoEffect = "no_effect";

    private static readonly StackingRules Rules = new()
    {
        ApplicationMode = ApplicationMode.Partial,
        ExclusiveCategories = ["e1", "e2", "e3"],
        JointCategories = ["j1", "j2", "j9"],
        PerCategoryLimit = null,
        ExclusiveLimit = 5,
        ExclusivePerCategoryLimit = null,
    };

    public static TheoryData<string, string, string, long> Table => new()
    {
        // What is asked for, what differs from the rules above, what becomes of each in the order in which it was applied, the total of 100.
        { "r1 r2", "", "r1 + | r2 +", 80 },
        { "", "", "", 100 },
        { "r1 x2 r3", "", "r1 + | x2 rules_violated | r3 +", 80 },
        { "r1 x2 r3", "all", $"r1 + | x2 rules_violated | r3 {Preceding}", 100 },
        { "x1 r2", "all", $"x1 rules_violated | r2 {Preceding}", 100 },
        { "r1 r2", "all", "r1 + | r2 +", 80 },
        { "x1 x2", "", "x1 rules_violated | x2 rules_violated", 100 },

        // Limits.
        { "r1 r2 r3", "applicable 2", $"r1 + | r2 + | r3 {Limit}", 80 },
        { "x1 r2 r3 r4", "applicable 2", $"x1 rules_violated | r2 + | r3 + | r4 {Limit}", 80 },
        { "r1 r2 r3 r4 r5 r6", "", $"r1 + | r2 + | r3 + | r4 + | r5 + | r6 {Limit}", 50 },
        { "r1 r2 r3", "applicable 2 all", $"r1 + | r2 + | r3 {Limit}", 80 },
        { "r1:c1 r2:c1 r3:c2", "per-category 1", $"r1 + | r2 {CategoryLimit} | r3 +", 80 },
        { "r1 r2", "per-category 1", "r1 + | r2 +", 80 },
        { "r1:c1 r2:c1 r3:c1", "per-category 1 c1 2", $"r1 + | r2 + | r3 {CategoryLimit}", 80 },
        { "r1:c1 r2:c2+c1 r3:c2", "per-category 1", $"r1 + | r2 {CategoryLimit} | r3 +", 80 },
        { "r1:e1 r2:e2", "exclusive 1", $"r1 + | r2 {ExclusiveLimit}", 90 },
        { "r1:e1 r2:e1 r3:e2", "exclusive-per-category 1", $"r1 + | r2 {ExclusiveCategoryLimit} | r3 +", 80 },
        { "x1:e1 r2:e2", "exclusive 1", "x1 rules_violated | r2 +", 90 },

        // Exclusive and joint.
        { "r1 r2:e1", "", $"r1 {Exclusion} | r2 +", 90 },
        { "r1:e1 r2", "", $"r1 + | r2 {Exclusion}", 90 },
        { "r1:c1 r2:e1", "", $"r1 {Exclusion} | r2 +", 90 },
        { "r1:j1 r2", "", "r1 + | r2 +", 80 },
        { "r1:e1 r2:e2", "", "r1 + | r2 +", 80 },
        { "r1:e1 r2:j1 r3", "", $"r1 + | r3 {Exclusion} | r2 +", 80 },
        { "r1:j1 r2:e1", "", "r2 + | r1 +", 80 },
        { "r1:j1 r2:e1", "grouped", "r1 + | r2 +", 80 },
        { "r1:j1+e1 r2", "", "r1 + | r2 +", 80 },
        { "r1 x2:e1", "", "r1 + | x2 rules_violated", 90 },
        { "r1 x2:e1", "all", $"r1 {Exclusion} | x2 rules_violated", 100 },
        { "r1 x2:e1 r3:j1", "", "r1 + | x2 rules_violated | r3 +", 80 },

        // Order.
        { "r1:c3 p2:c1", "", "r1 + | p2 +", 81 },
        { "r1:c3 p2:c1", "hierarchy", "p2 + | r1 +", 80 },
        { "r1:c1 p2:c1", "hierarchy", "r1 + | p2 +", 81 },
        { "p1:c2 r2", "hierarchy", "r2 + | p1 +", 81 },
        { "p1 r2:c0", "hierarchy", "r2 + | p1 +", 81 },
        { "p1:c5+c2 r2:c3", "hierarchy", "p1 + | r2 +", 80 },
        { "r1:e3 p2:j2 r3:e1", "hierarchy", "r3 + | r1 + | p2 +", 72 },
        { "r1:e3 p2:j2 r3:e1", "hierarchy grouped", "r3 + | p2 + | r1 +", 71 },
        { "p1:j2 r2:c3", "hierarchy", "p1 + | r2 +", 80 },

        // Without effect.
        { "z1 r2", "", "z1 + | r2 +", 90 },
        { "z1 r2", "skip", $"z1 {NoEffect} | r2 +", 90 },
        { "z1:s1 r2", "", $"z1 {NoEffect} | r2 +", 90 },
        { "z1:a1 r2", "skip", "z1 + | r2 +", 90 },
        { "z1 r2 r3", "skip applicable 2", $"z1 {NoEffect} | r2 + | r3 +", 80 },
        { "z1 r2 r3", "applicable 2", $"z1 + | r2 + | r3 {Limit}", 90 },
        { "z1 r2", "skip all", $"z1 {NoEffect} | r2 +", 90 },
        { "z1", "skip", $"z1 {NoEffect}", 100 },

        // What percentages are of.
        { "r1 p2", "initial", "r1 + | p2 +", 80 },
        { "r1 p2:i1", "", "r1 + | p2 +", 80 },
        { "r1 p2:d1", "initial", "r1 + | p2 +", 81 },
    };

    [Theory, MemberData(nameof(Table))]
    public void Each_comes_out_with_its_reason(string asked, string differently, string outcomes, long total)
    {
        var requested = asked.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Redeemable).ToList();
        var stacked = Stacking.Apply(requested, Differently(differently), new Cart { Amount = 100, InitialAmount = 100 });
        Assert.Equal(outcomes, string.Join(" | ", stacked.Outcomes.Select(one => $"{one.Redeemable.Id} {(one.Status == StackingStatus.Applicable ? "+" : one.Detail!.Key)}")));
        Assert.Equal(total, stacked.After.TotalAmount);
        Assert.Equal(total < 100 || (asked == "z1" && differently.Length == 0), stacked.IsValid);
        Assert.Equal(stacked.After.TotalDiscountAmount, stacked.After.AppliedDiscountAmount);
    }

    [Fact]
    public void Reasons_have_the_messages_of_the_product() => Assert.Equal(
        [
            "Applicable redeemables limit exceeded", "Applicable redeemables limit per category exceeded", "Applicable exclusive redeemables limit exceeded", "Applicable exclusive redeemables limit per category exceeded",
            "Redeemable cannot be applied due to exclusion rules", "Redeemable cannot be applied due to preceding validation failure", "Redeemable cannot be applied due to no effect",
        ],
        new[]
        {
            StackingDetail.LimitExceeded, StackingDetail.CategoryLimitExceeded, StackingDetail.ExclusiveLimitExceeded, StackingDetail.ExclusiveCategoryLimitExceeded, StackingDetail.ExclusionRulesNotMet,
            StackingDetail.PrecedingValidationFailed, StackingDetail.NoEffect,
        }.Select(detail => detail.Message));

    [Fact]
    public void A_request_has_no_more_than_it_may()
    {
        var stacked = Stacking.Apply([Redeemable("r1"), Redeemable("r2")], Rules with { RedeemablesLimit = 1, ApplicableLimit = 1 }, new Cart { Amount = 100 });
        Assert.Equal(new FieldProblem("redeemables", "must NOT have more than 1 items"), stacked.Problem);
        Assert.False(stacked.IsValid);
        Assert.Equal(100, stacked.After.TotalAmount);
    }

    [Fact]
    public void Validity_is_judged_where_the_stack_has_come_to()
    {
        // 20 percent off orders above 100.00, in an order of 105.00.
        static StackedRedeemable Above100() => new("b", [], (cart, _) => cart.TotalAmount > 10_000
            ? StackingDecision.Of(WorkedDiscount.Parse("percent 20").Apply(cart))
            : new StackingDecision.DoesNot("order_rules_violated", "order does not match validation rules"));
        static StackedRedeemable Ten() => new("a", [], (cart, _) => StackingDecision.Of(WorkedDiscount.Parse("percent 10").Apply(cart)));
        var order = new Cart { Amount = 10_500, InitialAmount = 10_500 };
        var first = Stacking.Apply([Ten(), Above100()], Rules, order);
        Assert.Equal(9_450, first.After.TotalAmount);
        Assert.Equal(new StackingDetail("order_rules_violated", "order does not match validation rules"), first.Outcomes[1].Detail);
        Assert.Equal(7_560, Stacking.Apply([Above100(), Ten()], Rules, order).After.TotalAmount);
    }

    [Fact]
    public void What_is_exclusive_does_not_come_in_beside_what_it_keeps_out()
    {
        // It would apply to what the common one has left.
        var exclusive = new StackedRedeemable("e", [new StackedCategory("e1")], (cart, _) => cart.TotalAmount < 100
            ? StackingDecision.Of(WorkedDiscount.Parse("amount 10").Apply(cart))
            : new StackingDecision.DoesNot("order_rules_violated", "no"));
        var stacked = Stacking.Apply([Redeemable("r1"), exclusive], Rules, new Cart { Amount = 100, InitialAmount = 100 });
        Assert.Equal([StackingStatus.Applicable, StackingStatus.Inapplicable], stacked.Outcomes.Select(one => one.Status));
        Assert.Equal(90, stacked.After.TotalAmount);
    }

    [Fact]
    public void A_product_takes_one_discount_where_the_rule_says_so()
    {
        var order = WorkedCase.CartOf("a 1000x1; b 1000x1");
        var stack = new[] { Discounting("1", "percent 10 items on a"), Discounting("2", "percent 50 items"), Discounting("3", "percent 10") };
        var once = Stacking.Apply(stack, Rules with { ProductsMode = ProductsMode.Once, NoEffectRule = NoEffectRule.Skip }, order);
        Assert.Equal((100, 500, 140, 1_260), (once.After.Lines[0].DiscountAmount, once.After.Lines[1].DiscountAmount, once.After.DiscountAmount, once.After.TotalAmount));
        Assert.Equal(550, Stacking.Apply(stack, Rules, order).After.Lines[0].DiscountAmount);
    }

    [Fact]
    public void The_order_at_the_end_shows_what_all_of_them_did_and_each_what_it_did()
    {
        // validations.json, "True - 5 Redeemables".
        var order = WorkedCase.CartOf("a 2000x1; b 700x1");
        var stacked = Stacking.Apply([Discounting("1", "amount 1000 items"), Discounting("2", "credits 100"), Discounting("3", "percent 40"), Discounting("4", "amount 30")], Rules, order);
        Assert.Equal((490, 490, 1_700, 1_700, 510), (stacked.After.DiscountAmount, stacked.After.AppliedDiscountAmount, stacked.After.ItemsDiscountAmount, stacked.After.ItemsAppliedDiscountAmount, stacked.After.TotalAmount));
        var third = ((StackingDecision.Applies)stacked.Outcomes[2].Decision!).After;
        Assert.Equal((460, 360, 1_700, 0), (third.DiscountAmount, third.AppliedDiscountAmount, third.ItemsDiscountAmount, third.ItemsAppliedDiscountAmount));
    }

    [Fact]
    public void What_an_earlier_request_took_off_is_not_of_this_one()
    {
        var order = WorkedCase.CartOf("a 2000x1-500; off 100");
        var stacked = Stacking.Apply([Discounting("1", "amount 200"), Discounting("2", "new 2 cup")], Rules, order);
        Assert.Equal((300, 200, 1_500, 1_000), (stacked.After.DiscountAmount, stacked.After.AppliedDiscountAmount, stacked.After.ItemsDiscountAmount, stacked.After.ItemsAppliedDiscountAmount));
        Assert.Equal((2, 1_000), (stacked.After.Lines[1].AppliedQuantity, stacked.After.Lines[1].AppliedQuantityAmount));
    }

    [Fact]
    public void A_cart_that_would_become_too_large_is_a_reason_and_no_error()
    {
        var stacked = Stacking.Apply([Discounting("1", "new 1000000000 gift")], Rules, WorkedCase.CartOf("gift 1000001x1"));
        Assert.Equal(new StackingDetail("invalid_order", "the order would become larger than it may be"), stacked.Outcomes[0].Detail);
    }

    private static StackedRedeemable Discounting(string id, string discount)
    {
        var worked = WorkedDiscount.Parse(discount);
        return new(id, [], (cart, turn) => StackingDecision.Of(DiscountEngine.Apply(worked.Discount, worked.Applicability, cart, turn.Of(worked.Settings))));
    }

    private static StackedRedeemable Redeemable(string text)
    {
        var parts = text.Split(':');
        var categories = parts.Length == 1 ? [] : parts[1].Split('+').Select(id => new StackedCategory(id, int.Parse(id.AsSpan(1), CultureInfo.InvariantCulture))).ToImmutableArray();
        return parts[0][0] switch
        {
            'x' => new(parts[0], categories, static (_, _) => new StackingDecision.DoesNot("rules_violated", "no")),
            'z' => Discounting(parts[0], "amount 0") with { Categories = categories },
            'p' => Discounting(parts[0], "percent 10") with { Categories = categories },
            _ => Discounting(parts[0], "amount 10") with { Categories = categories },
        };
    }

    private static StackingRules Differently(string text)
    {
        var rules = Rules with { NoEffectSkipCategories = ["s1"], NoEffectRedeemAnywayCategories = ["a1"], InitialAmountCategories = ["i1"], DiscountedAmountCategories = ["d1"] };
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var at = 0; at < words.Length; at++)
        {
            rules = words[at] switch
            {
                "all" => rules with { ApplicationMode = ApplicationMode.All },
                "hierarchy" => rules with { SortingRule = SortingRule.CategoryHierarchy },
                "grouped" => rules with { GroupedSorting = GroupedSorting.SortingRule },
                "skip" => rules with { NoEffectRule = NoEffectRule.Skip },
                "initial" => rules with { CalculationMode = CalculationMode.InitialAmount },
                "applicable" => rules with { ApplicableLimit = Next(words, ref at) },
                "per-category" => rules with { PerCategoryLimit = Next(words, ref at) },
                "exclusive" => rules with { ExclusiveLimit = Next(words, ref at) },
                "exclusive-per-category" => rules with { ExclusivePerCategoryLimit = Next(words, ref at) },
                var category => rules with { CategoryLimits = rules.CategoryLimits.Add(category, Next(words, ref at)) },
            };
        }

        return rules;
    }

    private static int Next(string[] words, ref int at) => int.Parse(words[++at], CultureInfo.InvariantCulture);
}
