using Marketing.Carts;
using Marketing.Filters;
using Xunit;

namespace Marketing.ValidationRules;

public sealed class RuleLimitTests
{
    [Theory]
    [InlineData("campaign.redemptions.count", "rl/val_1/n/c/camp_1/ever")]
    [InlineData("campaign.redemptions.count.daily", "rl/val_1/n/c/camp_1/d/2026-05-13")]
    [InlineData("campaign.redemptions.count.weekly", "rl/val_1/n/c/camp_1/w/2026-05-11")]
    [InlineData("campaign.redemptions.count.monthly", "rl/val_1/n/c/camp_1/m/2026-05")]
    [InlineData("campaign.redemptions.customers_count", "rl/val_1/n/c/camp_1/u/cust_ann/ever")]
    [InlineData("campaign.redemptions.customers_count.daily", "rl/val_1/n/c/camp_1/u/cust_ann/d/2026-05-13")]
    [InlineData("campaign.redemptions.customers_count.weekly", "rl/val_1/n/c/camp_1/u/cust_ann/w/2026-05-11")]
    [InlineData("campaign.redemptions.customers_count.monthly", "rl/val_1/n/c/camp_1/u/cust_ann/m/2026-05")]
    [InlineData("redemption.count.daily", "rl/val_1/n/i/v_1/d/2026-05-13")]
    [InlineData("redemption.count.weekly", "rl/val_1/n/i/v_1/w/2026-05-11")]
    [InlineData("redemption.count.monthly", "rl/val_1/n/i/v_1/m/2026-05")]
    [InlineData("redemption.count.per_customer", "rl/val_1/n/i/v_1/u/cust_ann/ever")]
    [InlineData("redemption.count.per_customer.daily", "rl/val_1/n/i/v_1/u/cust_ann/d/2026-05-13")]
    [InlineData("redemption.count.per_customer.weekly", "rl/val_1/n/i/v_1/u/cust_ann/w/2026-05-11")]
    [InlineData("redemption.count.per_customer.monthly", "rl/val_1/n/i/v_1/u/cust_ann/m/2026-05")]
    [InlineData("redemption.count.per_api_key", "rl/val_1/n/k/key_1/ever")]
    [InlineData("redemption.count.per_user", "rl/val_1/n/l/joe@example.com/ever")]
    [InlineData("campaign.orders.amount", "rl/val_1/orders/c/camp_1/ever")]
    [InlineData("campaign.orders.amount_discounted", "rl/val_1/discounts/c/camp_1/ever")]
    [InlineData("redemption.gift.amount", "rl/val_1/gifts/c/camp_1/ever")]
    public void Every_limit_has_a_key_of_its_own(string name, string key)
    {
        var rule = Judge.Rule(Judge.One(name, """{"$less_than_or_equal":[1000]}"""));
        Assert.Equal([key], rule.KeysFor(Judge.Ann));
        Assert.Equal(key, Assert.Single(rule.Limits).KeyFor(Judge.Ann));
    }

    [Fact]
    public void No_limit_is_left_out() => Assert.Equal(20, RuleKinds.Names.Count(name => RuleKinds.Find(name)!.Operands is RuleOperands.Limit));

    [Theory]
    [InlineData("$less_than_or_equal", 1, 0, true)]
    [InlineData("$less_than_or_equal", 1, 1, false)]
    [InlineData("$less_than_or_equal", 0, 0, false)]
    [InlineData("$less_than", 2, 0, true)]
    [InlineData("$less_than", 2, 1, false)]
    [InlineData("$is", 3, 0, true)]
    [InlineData("$is", 3, 2, true)]
    [InlineData("$is", 3, 3, false)]
    public void It_holds_while_this_redemption_is_within_it(string operation, int value, long soFar, bool holds)
    {
        var rule = Judge.Rule(Judge.One("redemption.count.per_customer", $$"""{"{{operation}}":[{{value}}]}"""));
        var subject = Judge.Ann with { Counts = new Dictionary<string, long> { ["rl/val_1/n/i/v_1/u/cust_ann/ever"] = soFar, ["rl/val_1/n/i/v_2/u/cust_ann/ever"] = 100 } };
        var verdict = rule.Evaluate(subject);
        Assert.Equal(holds, verdict.Holds);
        RuleCharge[] charges = holds ? [new("rl/val_1/n/i/v_1/u/cust_ann/ever", 1, operation == "$less_than" ? value - 1 : value)] : [];
        Assert.Equal(charges, verdict.Charges);
    }

    [Theory]
    [InlineData("campaign.orders.amount", 400, 100)]
    [InlineData("campaign.orders.amount_discounted", 60, 440)]
    [InlineData("redemption.gift.amount", 500, 0)]
    public void Amounts_are_counted_with_what_this_one_adds(string name, long amount, long room)
    {
        var rule = Judge.Rule(Judge.One(name, """{"$less_than_or_equal":[500]}"""));
        var line = Judge.Fruit.Lines[0] with { DiscountAmount = 25, AppliedDiscountAmount = 20 };
        var ann = Judge.Ann with { Discounted = Judge.Fruit with { DiscountAmount = 90, AppliedDiscountAmount = 40, Lines = Judge.Fruit.Lines.SetItem(0, line) } };
        var key = Assert.Single(rule.KeysFor(ann));
        Assert.Equal([new RuleCharge(key, amount, 500) { IsOfOrder = name == "campaign.orders.amount" }], rule.Evaluate(ann with { Counts = new Dictionary<string, long> { [key] = room } }).Charges);
        Assert.False(rule.Evaluate(ann with { Counts = new Dictionary<string, long> { [key] = room + 1 } }).Holds);
        Assert.False(rule.Evaluate(ann with { Counts = new Dictionary<string, long> { [key] = long.MaxValue } }).Holds);
    }

    [Fact]
    public void Where_another_condition_is_enough_it_counts_without_a_bound()
    {
        var rule = Judge.Rule(
            """
            {"rules":{"1":{"name":"redemption.count.daily","conditions":{"$less_than_or_equal":[1]}},
                      "2":{"name":"customer.segment","conditions":{"$is":["seg_vip"]}},"logic":"1 or 2"}}
            """);
        const string Key = "rl/val_1/n/i/v_1/d/2026-05-13";
        var full = Judge.Ann with { Counts = new Dictionary<string, long> { [Key] = 1 } };
        Assert.Equal([new RuleCharge(Key, 1, 1)], rule.Evaluate(Judge.Ann).Charges);
        Assert.Equal([new RuleCharge(Key, 1, null)], rule.Evaluate(full).Charges);
        Assert.False(rule.Evaluate(full with { Customer = Judge.Ann.Customer! with { Segments = new HashSet<string>() } }).Holds);
    }

    [Fact]
    public void Of_two_limits_on_the_same_the_smaller_counts_once()
    {
        var rule = Judge.Rule(
            """
            {"rules":{"1":{"name":"redemption.count.per_customer","conditions":{"$less_than_or_equal":[5]}},
                      "2":{"name":"redemption.count.per_customer","conditions":{"$less_than_or_equal":[3]}},
                      "3":{"name":"redemption.count.per_customer.daily","conditions":{"$less_than_or_equal":[2]}}}}
            """);
        Assert.Equal(
            [new RuleCharge("rl/val_1/n/i/v_1/u/cust_ann/ever", 1, 3), new RuleCharge("rl/val_1/n/i/v_1/u/cust_ann/d/2026-05-13", 1, 2)], rule.Evaluate(Judge.Ann).Charges);
        Assert.Equal(["1", "2", "3"], rule.Limits.Select(limit => limit.Number));
    }

    [Fact]
    public void Keys_stay_when_conditions_change_their_places_and_differ_where_ids_do()
    {
        static string Key(RuleSubject subject, string id = "val_1") =>
            Assert.Single(Judge.Rule(Judge.One("campaign.redemptions.customers_count", """{"$less_than_or_equal":[9]}"""), id: id).KeysFor(subject));
        var reordered = Judge.Rule(
            """{"rules":{"1":{"name":"order.amount","conditions":{"$is":[400]}},"2":{"name":"campaign.redemptions.customers_count","conditions":{"$less_than_or_equal":[1]}}}}""");
        Assert.Equal(Key(Judge.Ann), Assert.Single(reordered.KeysFor(Judge.Ann)));

        RuleCustomer Named(string id) => Judge.Ann.Customer! with { Id = id };
        string[] keys =
        [
            Key(Judge.Ann), Key(Judge.Ann, "val_2"), Key(Judge.Ann with { Campaign = "camp_2" }), Key(Judge.Ann with { Campaign = null }), Key(Judge.Ann with { Customer = Named("b") }),
            Key(Judge.Ann with { Customer = Named("b/u/c") }), Key(Judge.Ann with { Customer = Named("b%2Fu%2Fc") }), Key(Judge.Ann with { Campaign = "camp_1/u/b", Customer = Named("c") }),
        ];
        Assert.Distinct(keys);
        Assert.Equal("rl/val_1/n/i/v_1/u/cust_ann/ever", keys[3]);
    }

    [Theory]
    [InlineData("UTC", "2026-05-13T23:59:59.999Z", "d/2026-05-13 w/2026-05-11 m/2026-05")]
    [InlineData("UTC", "2026-05-14T00:00:00Z", "d/2026-05-14 w/2026-05-11 m/2026-05")]
    [InlineData("UTC", "2026-05-31T23:59:59.999Z", "d/2026-05-31 w/2026-05-25 m/2026-05")]
    [InlineData("UTC", "2026-06-01T00:00:00Z", "d/2026-06-01 w/2026-06-01 m/2026-06")]
    [InlineData("UTC", "2026-12-31T23:59:59.999Z", "d/2026-12-31 w/2026-12-28 m/2026-12")]
    [InlineData("UTC", "2027-01-01T00:00:00Z", "d/2027-01-01 w/2026-12-28 m/2027-01")]
    [InlineData("Europe/Warsaw", "2026-05-31T21:59:59.999Z", "d/2026-05-31 w/2026-05-25 m/2026-05")]
    [InlineData("Europe/Warsaw", "2026-05-31T22:00:00Z", "d/2026-06-01 w/2026-06-01 m/2026-06")]
    [InlineData("Europe/Warsaw", "2026-03-28T22:59:59.999Z", "d/2026-03-28 w/2026-03-23 m/2026-03")]
    [InlineData("Europe/Warsaw", "2026-03-28T23:00:00Z", "d/2026-03-29 w/2026-03-23 m/2026-03")]
    [InlineData("Europe/Warsaw", "2026-03-29T00:59:59.999Z", "d/2026-03-29 w/2026-03-23 m/2026-03")]
    [InlineData("Europe/Warsaw", "2026-03-29T21:59:59.999Z", "d/2026-03-29 w/2026-03-23 m/2026-03")]
    [InlineData("Europe/Warsaw", "2026-03-29T22:00:00Z", "d/2026-03-30 w/2026-03-30 m/2026-03")]
    [InlineData("Europe/Warsaw", "2026-10-24T21:59:59.999Z", "d/2026-10-24 w/2026-10-19 m/2026-10")]
    [InlineData("Europe/Warsaw", "2026-10-24T22:00:00Z", "d/2026-10-25 w/2026-10-19 m/2026-10")]
    [InlineData("Europe/Warsaw", "2026-10-25T22:59:59.999Z", "d/2026-10-25 w/2026-10-19 m/2026-10")]
    [InlineData("Europe/Warsaw", "2026-10-25T23:00:00Z", "d/2026-10-26 w/2026-10-26 m/2026-10")]
    [InlineData("America/New_York", "2026-11-01T03:59:59.999Z", "d/2026-10-31 w/2026-10-26 m/2026-10")]
    [InlineData("America/New_York", "2026-11-01T04:00:00Z", "d/2026-11-01 w/2026-10-26 m/2026-11")]
    [InlineData("America/New_York", "2026-11-02T04:59:59.999Z", "d/2026-11-01 w/2026-10-26 m/2026-11")]
    [InlineData("America/New_York", "2026-11-02T05:00:00Z", "d/2026-11-02 w/2026-11-02 m/2026-11")]
    public void Days_weeks_and_months_are_those_of_the_projects_zone(string zone, string now, string expected)
    {
        var rule = Judge.Rule(
            """
            {"rules":{"1":{"name":"redemption.count.daily","conditions":{"$is":[1]}},"2":{"name":"redemption.count.weekly","conditions":{"$is":[1]}},
                      "3":{"name":"redemption.count.monthly","conditions":{"$is":[1]}}}}
            """,
            FilterSettings.In(zone));
        Assert.Equal(expected, string.Join(' ', rule.KeysFor(Judge.Ann with { Now = Judge.At(now) }).Select(key => key["rl/val_1/n/i/v_1/".Length..])));
    }

    [Fact]
    public void A_week_begins_when_it_does_for_the_project()
    {
        var rule = Judge.Rule(Judge.One("redemption.count.weekly", """{"$is":[1]}"""), new FilterSettings(TimeZoneInfo.Utc, DayOfWeek.Sunday));
        Assert.EndsWith("w/2026-05-10", Assert.Single(rule.KeysFor(Judge.Ann)), StringComparison.Ordinal);
        Assert.EndsWith("w/2026-05-10", Assert.Single(rule.KeysFor(Judge.Ann with { Now = Judge.At("2026-05-16T23:59:59Z") })), StringComparison.Ordinal);
        Assert.EndsWith("w/2026-05-17", Assert.Single(rule.KeysFor(Judge.Ann with { Now = Judge.At("2026-05-17T00:00:00Z") })), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_counted_of_a_rule_that_does_not_hold()
    {
        var rule = Judge.Rule(
            """{"rules":{"1":{"name":"redemption.count.daily","conditions":{"$is":[9]}},"2":{"name":"order.amount","conditions":{"$more_than":[1000]}}}}""");
        Assert.Empty(rule.Evaluate(Judge.Ann).Charges);
        Assert.Single(rule.Evaluate(Judge.Ann with { Order = new Cart { Amount = 2_000 } }).Charges);
    }
}
