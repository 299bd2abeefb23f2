using Xunit;

namespace Marketing.ValidationRules;

/// <summary>Every condition with every operator that it takes: one that holds of <see cref="Judge.Ann"/>, and one that does not.</summary>
public sealed class RuleTableTests
{
    /// <summary>Name, property, operator, values it holds with, values it does not hold with.</summary>
    public static TheoryData<string, string?, string, string, string> Table()
    {
        var table = new TheoryData<string, string?, string, string, string>();
        foreach (var (name, figure) in new[]
        {
            ("order.amount", 400), ("order.total_amount", 400), ("order.initial_amount", 400), ("order.items.count", 3), ("redemption.reward.pay_with_points.points_used", 100),
            ("product.quantity", 3), ("sku.quantity", 3), ("product.metadata.aggregated_quantity", 3), ("product.metadata.aggregated_amount", 400),
            ("order.items.aggregated_quantity", 3), ("order.items.aggregated_amount", 400),
        })
        {
            Figures(table, name, figure, figure);
        }

        // Of lines one is enough, or every one must.
        foreach (var name in new[] { "order.items.price_any", "product.price", "sku.price", "order.items.price" })
        {
            Figures(table, name, 50, 300);
        }

        Figures(table, "order.items.quantity", 1, 2);
        table.Add("order.items.price_each", null, "$is", "[50,300]", "[50]");
        table.Add("order.items.price_each", null, "$in", "[50,300]", "[300]");
        table.Add("order.items.price_each", null, "$is_not", "[51]", "[50]");
        table.Add("order.items.price_each", null, "$not_in", "[51]", "[1,300]");
        table.Add("order.items.price_each", null, "$less_than", "[301]", "[300]");
        table.Add("order.items.price_each", null, "$less_than_or_equal", "[300]", "[299]");
        table.Add("order.items.price_each", null, "$more_than", "[49]", "[50]");
        table.Add("order.items.price_each", null, "$more_than_or_equal", "[50]", "[51]");
        table.Add("order.items.price_each", null, "$greater_than", "[49]", "[50]");
        table.Add("order.items.price_each", null, "$greater_than_or_equal", "[50]", "[51]");

        Words(table, "customer.loyalty_tier", "ltr_gold", "ltr_tin", "gold");
        Words(table, "redemption.api_key", "key_1", "key_2", "y_1");
        Words(table, "redemption.user.login", "joe@example.com", "ann@example.com", "example.com");
        table.Add("customer.segment", null, "$is", """["seg_vip"]""", """["seg_new"]""");
        table.Add("customer.segment", null, "$in", """["seg_new","seg_vip"]""", """["seg_new"]""");
        table.Add("customer.segment", null, "$is_not", """["seg_new"]""", """["seg_vip"]""");
        table.Add("customer.segment", null, "$not_in", """["seg_new"]""", """["seg_new","seg_vip"]""");

        foreach (var name in new[] { "order.items.any", "product.id" })
        {
            Items(table, name, """[{"id":"prod_pear","object":"product"}]""", """[{"id":"prod_plum","object":"product"}]""");
        }

        Items(table, "sku.id", """["sku_small"]""", """["sku_large"]""");
        table.Add("order.items.any", null, "$from", """[{"id":"pc_green","object":"products_collection"}]""", """[{"id":"pc_blue","object":"products_collection"}]""");
        table.Add("order.items.every", null, "$is", """["prod_pear","prod_apple"]""", """["prod_pear"]""");
        table.Add("order.items.every", null, "$in", """["pc_green","pc_red"]""", """["pc_green"]""");
        table.Add("order.items.every", null, "$is_not", """["prod_plum"]""", """["prod_pear"]""");
        table.Add("order.items.every", null, "$not_in", """["prod_plum"]""", """["prod_pear","prod_plum"]""");
        table.Add("order.items.every", null, "$from", """["pc_green","pc_red"]""", """["pc_green"]""");
        table.Add("order.items.none", null, "$is", """["prod_plum"]""", """["prod_pear"]""");
        table.Add("order.items.none", null, "$in", """["prod_plum"]""", """["prod_pear","prod_plum"]""");
        table.Add("order.items.none", null, "$is_not", """["prod_pear","prod_apple"]""", """["prod_pear"]""");
        table.Add("order.items.none", null, "$not_in", """["prod_pear","prod_apple"]""", """["prod_pear"]""");
        table.Add("order.items.none", null, "$from", """["pc_blue"]""", """["pc_green"]""");
        Items(table, "order.items.cheapest", """["prod_pear"]""", """["prod_apple"]""");
        Items(table, "order.items.most_expensive", """["prod_apple"]""", """["prod_pear"]""");
        table.Add("order.items.cheapest", null, "$from", """["pc_red"]""", """["pc_blue"]""");
        table.Add("order.items.most_expensive", null, "$from", """["pc_green"]""", """["pc_blue"]""");

        foreach (var (name, property, value, other) in new[]
        {
            ("customer.metadata", "pets.dog", "Rex", "Rover"), ("order.metadata", "place", "Santorini", "Oia"), ("redemption.metadata", "shop", "Oia", "Santorini"),
            ("custom_event.metadata", "page", "/sale", "/home"), ("product.metadata", "origin", "PL", "FR"),
        })
        {
            table.Add(name, property, "$is", $"[\"{value}\"]", $"[\"{other}\"]");
            table.Add(name, property, "$in", $"[\"{other}\",\"{value}\"]", $"[\"{other}\"]");
            table.Add(name, property, "$starts_with", $"[\"{value[..1]}\"]", "[\"?\"]");
            table.Add(name, property, "$has_value", "[true]", "[false]");
        }

        table.Add("order.items.metadata_any", "crates", "$is", "[3]", "[4]");
        table.Add("order.items.metadata_each", "ripe", "$is", "[true]", "[false]");
        table.Add("order.items.metadata_each", "crates", "$is_not", "[4]", "[3]");
        table.Add("order.items.metadata", "crates", "$more_than_or_equal", "[3]", "[4]");
        return table;
    }

    /// <summary>The operators that only metadata takes, or that metadata takes in its own way.</summary>
    [Theory]
    [InlineData("age", "$is_not", "[31]", "[30]")]
    [InlineData("age", "$not_in", "[31,32]", "[30,31]")]
    [InlineData("age", "$less_than", "[31]", "[30]")]
    [InlineData("age", "$less_than_or_equal", "[30]", "[29]")]
    [InlineData("age", "$more_than", "[29]", "[30]")]
    [InlineData("age", "$more_than_or_equal", "[30]", "[31]")]
    [InlineData("age", "$greater_than", "[29.5]", "[30]")]
    [InlineData("age", "$greater_than_or_equal", "[30]", "[30.5]")]
    [InlineData("age", "$is_unknown", "[false]", "[true]")]
    [InlineData("shoes", "$is_unknown", "[true]", "[false]")]
    [InlineData("shoes", "$is_not", "[42]", null)]
    [InlineData("shoes", "$is", null, "[42]")]
    [InlineData("name", "$contains", "[\"uc\"]", "[\"UC\"]")]
    [InlineData("name", "$starts_with", "[\"Ł\"]", "[\"L\"]")]
    [InlineData("name", "$ends_with", "[\"ja\"]", "[\"jo\"]")]
    [InlineData("name", "$not_contain", "[\"x\"]", "[\"uc\"]")]
    [InlineData("tags", "$is", "[\"vip\"]", "[\"new\"]")]
    [InlineData("tags", "$count", "[2]", "[1]")]
    [InlineData("tags", "$count_more", "[1]", "[2]")]
    [InlineData("tags", "$count_less", "[3]", "[2]")]
    [InlineData("tags", "$not_differ", "[\"vip\",\"old\",\"new\"]", "[\"vip\"]")]
    [InlineData("tags", "$not_intersect", "[\"new\"]", "[\"new\",\"vip\"]")]
    [InlineData("shoes", "$not_intersect", "[\"new\"]", null)]
    [InlineData("shoes", "$not_differ", null, "[\"new\"]")]
    [InlineData("since", "$after", "[\"2026-05-09\"]", "[\"2026-05-10\"]")]
    [InlineData("since", "$before", "[\"2026-05-11\"]", "[\"2026-05-10\"]")]
    [InlineData("since", "$more_than", "[\"2026-05-09\"]", "[\"2026-05-10\"]")]
    [InlineData("since", "$more_than_or_equal", "[\"2026-05-10\"]", "[\"2026-05-11\"]")]
    [InlineData("since", "$less_than", "[\"2026-05-11\"]", "[\"2026-05-10\"]")]
    [InlineData("since", "$less_than_or_equal", "[\"2026-05-10\"]", "[\"2026-05-09\"]")]
    [InlineData("since", "$more_than_ago", "[3]", "[4]")]
    [InlineData("since", "$less_than_ago", "[4]", "[3]")]
    [InlineData("since", "$is_days_ago", "[3]", "[2]")]
    [InlineData("since", "$dow", "[0]", "[1,2,3,4,5,6]")]
    [InlineData("since", "$timeframe_absolute", "[\"2026-05-10;2026-05-10\"]", "[\"2026-05-11;2026-06-01\"]")]
    [InlineData("since", "$timeframe_daily_hours", "[\"00:00;01:00;0\"]", "[\"00:00;01:00;1,2\"]")]
    [InlineData("since", "$timeframe", "[\"2026-05-01T00:00:00Z;P3D;PT1H\"]", "[\"2026-05-02T00:00:00Z;P3D;PT1H\"]")]
    public void Metadata_takes_what_filters_take(string property, string operation, string? holds, string? doesNot)
    {
        foreach (var (values, expected) in new[] { (holds, true), (doesNot, false) })
        {
            if (values is not null)
            {
                Assert.Equal(expected, Judge.Holds("customer.metadata", $$"""{"{{operation}}":{{values}}}""", property: property));
            }
        }
    }

    [Theory]
    [InlineData("$more_than_future", "[1]", "[3]")]
    [InlineData("$less_than_future", "[3]", "[1]")]
    [InlineData("$is_days_in_future", "[2]", "[1]")]
    public void Dates_to_come_are_counted_in_days(string operation, string holds, string doesNot)
    {
        var soon = Judge.Anybody with { Metadata = Judge.Json("""{"pickup":"2026-05-15T13:00:00Z"}""") };
        Assert.True(Judge.Holds("redemption.metadata", $$"""{"{{operation}}":{{holds}}}""", soon, "pickup"));
        Assert.False(Judge.Holds("redemption.metadata", $$"""{"{{operation}}":{{doesNot}}}""", soon, "pickup"));
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void A_condition_holds_or_does_not(string name, string? property, string operation, string holds, string doesNot)
    {
        Assert.True(Judge.Holds(name, $$"""{"{{operation}}":{{holds}}}""", property: property), $"{name} {operation} {holds}");
        Assert.False(Judge.Holds(name, $$"""{"{{operation}}":{{doesNot}}}""", property: property), $"{name} {operation} {doesNot}");
    }

    [Fact]
    public void No_condition_and_no_operator_is_left_out()
    {
        var tried = Table().Select(row => (Name: (string)row.Data.Item1, Operator: (string)row.Data.Item3)).ToLookup(row => row.Name, row => row.Operator);
        foreach (var name in RuleKinds.Names)
        {
            var kind = RuleKinds.Find(name)!;
            if (kind.Operands is not (RuleOperands.Limit or RuleOperands.Switch))
            {
                Assert.True(tried.Contains(name), name);
            }

            if (kind.Operands is RuleOperands.Figure or RuleOperands.Word or RuleOperands.Segments)
            {
                Assert.Equal(RuleOperators.For(kind.Operands).Order(), tried[name].Distinct().Order());
            }
        }
    }

    [Theory]
    [InlineData("customer_segment", "customer.segment")]
    [InlineData("customer_metadata", "customer.metadata")]
    [InlineData("order_metadata", "order.metadata")]
    [InlineData("custom_event_metadata", "custom_event.metadata")]
    [InlineData("product_metadata", "product.metadata")]
    [InlineData("redemption_metadata", "redemption.metadata")]
    [InlineData("order_items_metadata", "order.items.metadata")]
    [InlineData("redemption_count_per_customer", "redemption.count.per_customer")]
    public void Names_of_an_earlier_generation_mean_the_same(string earlier, string name) => Assert.Same(RuleKinds.Find(name), RuleKinds.Find(earlier));

    [Fact]
    public void Several_conditions_in_one_must_all_hold()
    {
        Assert.True(Judge.Holds("order.amount", """{"$more_than":[399],"$less_than":[401]}"""));
        Assert.False(Judge.Holds("order.amount", """{"$more_than":[399],"$less_than":[400]}"""));
        Assert.False(Judge.Holds("order.amount", """{"$more_than":[400],"$less_than":[401]}"""));
    }

    private static void Figures(TheoryData<string, string?, string, string, string> table, string name, long least, long most)
    {
        table.Add(name, null, "$is", $"[{least}]", "[7]");
        table.Add(name, null, "$in", $"[7,{most}]", "[7,8]");
        table.Add(name, null, "$is_not", "[7]", $"[{least},{most}]");
        table.Add(name, null, "$not_in", "[7,8]", $"[{least},{most}]");
        table.Add(name, null, "$less_than", $"[{least + 1}]", $"[{least}]");
        table.Add(name, null, "$less_than_or_equal", $"[{least}]", $"[{least - 1}]");
        table.Add(name, null, "$more_than", $"[{most - 1}]", $"[{most}]");
        table.Add(name, null, "$more_than_or_equal", $"[{most}]", $"[{most + 1}]");
        table.Add(name, null, "$greater_than", $"[{most - 1}]", $"[{most}]");
        table.Add(name, null, "$greater_than_or_equal", $"[{most}]", $"[{most + 1}]");
    }

    private static void Words(TheoryData<string, string?, string, string, string> table, string name, string value, string other, string end)
    {
        table.Add(name, null, "$is", $"[\"{value}\"]", $"[\"{other}\"]");
        table.Add(name, null, "$in", $"[\"{other}\",\"{value}\"]", $"[\"{other}\"]");
        table.Add(name, null, "$is_not", $"[\"{other}\"]", $"[\"{value}\"]");
        table.Add(name, null, "$not_in", $"[\"{other}\"]", $"[\"{other}\",\"{value}\"]");
        table.Add(name, null, "$starts_with", $"[\"{value[..3]}\"]", $"[\"{end}\"]");
        table.Add(name, null, "$ends_with", $"[\"{end}\"]", $"[\"{value[..3]}\"]");
        table.Add(name, null, "$contains", $"[\"{value[1..4]}\"]", "[\"?\"]");
        table.Add(name, null, "$not_contain", "[\"?\"]", $"[\"{value[1..4]}\"]");
    }

    private static void Items(TheoryData<string, string?, string, string, string> table, string name, string there, string missing)
    {
        table.Add(name, null, "$is", there, missing);
        table.Add(name, null, "$in", there, missing);
        var others = name is "order.items.any" or "product.id" ? """["prod_pear","prod_apple"]""" : name is "sku.id" ? null : there;
        if (others is not null)
        {
            table.Add(name, null, "$is_not", missing, others);
            table.Add(name, null, "$not_in", missing, others);
        }
    }
}
