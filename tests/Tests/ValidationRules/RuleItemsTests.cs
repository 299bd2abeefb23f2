using Marketing.Carts;
using Xunit;

namespace Marketing.ValidationRules;

/// <summary>Conditions about lines, with others within them; to what a discount goes; bundles.</summary>
public sealed class RuleItemsTests
{
    [Theory]
    [InlineData("order.items.any", "prod_pear", "order.items.quantity", "$more_than_or_equal", 2, true)]
    [InlineData("order.items.any", "prod_apple", "order.items.quantity", "$more_than_or_equal", 2, false)]
    [InlineData("order.items.any", "pc_green", "order.items.aggregated_quantity", "$is", 2, true)]
    [InlineData("order.items.any", "pc_green", "order.items.aggregated_amount", "$is", 100, true)]
    [InlineData("order.items.any", "pc_red", "order.items.price", "$less_than", 300, false)]
    [InlineData("order.items.cheapest", "prod_pear", "order.items.price", "$is", 50, true)]
    [InlineData("order.items.cheapest", "prod_pear", "order.items.aggregated_quantity", "$is", 3, false)]
    [InlineData("order.items.most_expensive", "prod_apple", "order.items.quantity", "$is", 1, true)]
    [InlineData("order.items.none", "prod_pear", "order.items.quantity", "$more_than", 2, true)]
    [InlineData("order.items.none", "prod_pear", "order.items.quantity", "$more_than", 1, false)]
    [InlineData("product.id", "prod_pear", "product.quantity", "$more_than_or_equal", 2, true)]
    [InlineData("product.id", "prod_pear", "product.price", "$more_than", 50, false)]
    [InlineData("sku.id", "sku_small", "sku.quantity", "$is", 2, true)]
    public void What_is_within_another_is_about_the_lines_it_found(string name, string item, string inner, string operation, int value, bool holds) => Assert.Equal(
        holds,
        Judge.Holds(name, $$"""{"$is":["{{item}}"]}""", nested: $$"""{"1":{"name":"{{inner}}","conditions":{"{{operation}}":[{{value}}]} },"logic":"1"}"""));

    [Fact]
    public void Of_every_item_each_must_meet_what_is_within()
    {
        static bool Every(string inner) => Judge.Holds("order.items.every", """{"$is":["prod_pear","prod_apple"]}""", nested: $$"""{"1":{{inner}}}""");
        Assert.True(Every("""{"name":"order.items.price","conditions":{"$more_than_or_equal":[50]}}"""));
        Assert.False(Every("""{"name":"order.items.price","conditions":{"$more_than":[50]}}"""));
        Assert.True(Every("""{"name":"order.items.metadata","property":"ripe","conditions":{"$is":[true]}}"""));
        Assert.False(Every("""{"name":"order.items.metadata","property":"crates","conditions":{"$is":[3]}}"""));
        Assert.True(Every("""{"name":"order.items.aggregated_quantity","conditions":{"$is":[3]}}"""));
    }

    [Fact]
    public void Without_lines_there_is_no_every_and_no_each()
    {
        var empty = Judge.Ann with { Order = Cart.Empty };
        Assert.False(Judge.Holds("order.items.every", "{}", empty));
        Assert.False(Judge.Holds("order.items.price_each", """{"$is_not":[1]}""", empty));
        Assert.False(Judge.Holds("order.items.cheapest", "{}", empty));
        Assert.False(Judge.Holds("order.items.aggregated_quantity", """{"$less_than":[5]}""", empty));
        Assert.True(Judge.Holds("order.items.none", """{"$is":["prod_pear"]}""", empty));
        Assert.True(Judge.Holds("order.items.count", """{"$is":[0]}""", empty));
    }

    [Fact]
    public void Several_may_be_the_cheapest()
    {
        var order = Judge.Ann with { Order = Judge.Order(Judge.Line("a", 10), Judge.Line("b", 10, 2), Judge.Line("c", 20)) };
        Assert.True(Judge.Holds("order.items.cheapest", """{"$is":["a"]}""", order));
        Assert.True(Judge.Holds("order.items.cheapest", """{"$is":["b"]}""", order));
        Assert.False(Judge.Holds("order.items.cheapest", """{"$is":["c"]}""", order));
        Assert.True(Judge.Holds("order.items.cheapest", "{}", order, nested: """{"1":{"name":"order.items.aggregated_quantity","conditions":{"$is":[3]}}}"""));
        Assert.False(Judge.Holds("order.items.cheapest", "{}", order, nested: """{"1":{"name":"order.items.quantity","conditions":{"$is":[2]}}}"""));
    }

    [Fact]
    public void From_narrows_what_is_looked_at()
    {
        var order = Judge.Ann with { Order = Judge.Order(Judge.Line("a", 10, collections: "shirts summer"), Judge.Line("b", 20, collections: "shirts"), Judge.Line("c", 5, collections: "summer")) };
        Assert.True(Judge.Holds("order.items.any", """{"$is":["shirts"],"$from":["summer"]}""", order));
        Assert.False(Judge.Holds("order.items.any", """{"$is":["b"],"$from":["summer"]}""", order));
        Assert.True(Judge.Holds("order.items.cheapest", """{"$is":["a"],"$from":["shirts"]}""", order));
        Assert.False(Judge.Holds("order.items.cheapest", """{"$is":["a"]}""", order));
    }

    [Theory]
    [InlineData("""{"object":"product","source_id":"shop-prod_pear"}""", true)]
    [InlineData("""{"object":"product","id":"shop-prod_pear"}""", true)]
    [InlineData("""{"object":"sku","id":"sku_small"}""", true)]
    [InlineData("""{"object":"sku","source_id":"small"}""", true)]
    [InlineData("""{"object":"sku","id":"prod_pear"}""", false)]
    [InlineData("""{"object":"product","id":"sku_small"}""", false)]
    [InlineData("""{"object":"products_collection","id":"pc_green"}""", true)]
    [InlineData("""{"object":"products_collection","id":"prod_pear"}""", false)]
    [InlineData("""{"id":"prod_pear","source_id":""}""", true)]
    [InlineData("\"pc_green\"", true)]
    public void Items_are_known_by_their_ids_and_by_the_shops_own(string item, bool holds) =>
        Assert.Equal(holds, Judge.Holds("order.items.any", $$"""{"$is":[{{item}}]}"""));

    [Fact]
    public void Product_metadata_chooses_lines()
    {
        static bool Of(string inner) => Judge.Holds("product.metadata", """{"$is":["PL"]}""", property: "origin", nested: $$"""{"1":{{inner}}}""");
        Assert.True(Of("""{"name":"product.metadata.aggregated_quantity","conditions":{"$is":[2]}}"""));
        Assert.True(Of("""{"name":"product.metadata.aggregated_amount","conditions":{"$is":[100]}}"""));
        Assert.False(Of("""{"name":"product.metadata.aggregated_amount","conditions":{"$is":[400]}}"""));
        Assert.False(Of("""{"name":"product.metadata.match_all","conditions":{"$is":[true]}}"""));
        Assert.True(Of("""{"name":"product.metadata.match_all","conditions":{"$is":[false]}}"""));
        Assert.True(Judge.Holds(
            "product.metadata", """{"$in":["PL","DE"]}""", property: "origin", nested: """{"1":{"name":"product.metadata.match_all","conditions":{"$is":[true]}}}"""));
    }

    [Fact]
    public void A_condition_may_say_to_what_a_discount_goes()
    {
        const string Applies = """{"1":{"name":"product.discount_applicable","conditions":{"$is":[true]}}}""";
        var rule = Judge.Rule(Judge.One("product.id", """{"$is":[{"id":"prod_pear","source_id":""}]}""", nested: Applies));
        Assert.True(rule.Evaluate(Judge.Ann).Holds);
        Assert.Equal([true, false], Judge.Fruit.Lines.Select(line => rule.ApplicableTo.Covers(line, Judge.Noon)));
        Assert.True(Judge.Rule(Judge.One("product.id", """{"$is":["prod_pear"]}""", nested: Applies.Replace("true", "false", StringComparison.Ordinal))).ApplicableTo.IsUnrestricted);

        var byMetadata = Judge.Rule(Judge.One(
            "product.metadata", """{"$is":["DE"]}""", "origin", """{"1":{"name":"product.metadata.discount_applicable","conditions":{"$is":[true]}}}"""));
        Assert.Equal([false, true], Judge.Fruit.Lines.Select(line => byMetadata.ApplicableTo.Covers(line, Judge.Noon)));
    }

    [Theory]
    [InlineData("{}", true, true)]
    [InlineData("""{"included_all":true}""", true, true)]
    [InlineData("""{"included":[{"object":"product","id":"prod_pear"}]}""", true, false)]
    [InlineData("""{"included":[{"object":"sku","id":"sku_small"}]}""", true, false)]
    [InlineData("""{"included":[{"object":"products_collection","id":"pc_red"}],"included_all":false}""", false, true)]
    [InlineData("""{"excluded":[{"object":"product","id":"prod_pear"}],"included_all":true}""", false, true)]
    [InlineData("""{"excluded":[{"object":"product","id":"prod_pear"}]}""", false, true)]
    [InlineData("""{"included":[{"object":"product","id":"prod_pear"}],"excluded":[{"object":"sku","source_id":"small"}]}""", false, false)]
    public void A_discount_goes_to_what_is_included_and_not_excluded(string applicable, bool pear, bool apple)
    {
        var items = Judge.Rule($$"""{"applicable_to":{{applicable}}}""").ApplicableTo;
        Assert.Equal([pear, apple], Judge.Fruit.Lines.Select(line => items.Covers(line, Judge.Noon)));
        Assert.Equal(pear && apple, items.IsUnrestricted);
    }

    [Fact]
    public void How_it_is_applied_is_read()
    {
        var items = Judge.Rule(
            """
            {"applicable_to":{"included":[
              {"object":"sku","id":"sku_small","product_id":"prod_pear","product_source_id":"p","effect":"APPLY_FROM_MOST_EXPENSIVE","quantity_limit":1,"aggregated_quantity_limit":2,
               "amount_limit":"300","aggregated_amount_limit":400,"price":500,"price_formula":"PRODUCT_PRICE * 0.5","repeat":3,"skip_initially":1,"target":"UNIT",
               "order_item_indices":[0],"product_campaign_quantity_limit":null},
              {"object":"product","id":"prod_pear","source_id":null,"price_formula":2}]}}
            """).ApplicableTo;
        Assert.Equal(
            new ApplicableTo
            {
                Item = new ItemReference(ItemKind.Sku, "sku_small", null),
                ProductId = "prod_pear",
                ProductSourceId = "p",
                Effect = ApplicableEffect.FromMostExpensive,
                QuantityLimit = 1,
                AggregatedQuantityLimit = 2,
                AmountLimit = 300,
                AggregatedAmountLimit = 400,
                Price = 500,
                PriceFormula = "PRODUCT_PRICE * 0.5",
                Repeat = 3,
                SkipInitially = 1,
                CountsUnits = true,
            },
            items.For(Judge.Fruit.Lines[0], Judge.Noon));
        Assert.Null(items.For(Judge.Fruit.Lines[1], Judge.Noon));
        Assert.Equal((ApplicableEffect.Every, "2", null, false), (items.Included[1].Effect, items.Included[1].PriceFormula, items.Included[1].Repeat, items.Included[1].CountsUnits));
    }

    [Fact]
    public void Bundles_are_found_as_often_as_they_count()
    {
        var rule = Judge.Rule(Bundle(3, Part("prod_cup", "product", 2), Part("pc_coffee", "products_collection", 1)));
        Assert.Equal("2 of 3: 0x4 1x2;", Found(rule, Judge.Line("prod_cup", 5, 5), Judge.Line("prod_arabica", 9, 2, "pc_coffee")));
        Assert.Equal("3 of 3: 0x6 1x1 2x2;", Found(rule, Judge.Line("prod_cup", 5, 20), Judge.Line("a", 9, 1, "pc_coffee"), Judge.Line("b", 9, 20, "pc_coffee")));
        Assert.Equal("0 of 3: 0x1; prod_cup x1, pc_coffee x1", Found(rule, Judge.Line("prod_cup", 5)));
        Assert.Equal("0 of 3:; prod_cup x2, pc_coffee x1", Found(rule));
    }

    [Fact]
    public void The_narrow_takes_before_the_wide()
    {
        // Written the other way round: the collection would take the only small pear.
        var rule = Judge.Rule(Bundle(2, Part("pc_green", "products_collection", 1), Part("prod_pear", "product", 1), Part("sku_small", "sku", 1)));
        var small = Judge.Line("prod_pear", 5, 1, "pc_green") with { SkuId = "sku_small" };
        var verdict = rule.Evaluate(Judge.Ann with { Order = Judge.Order(small, Judge.Line("prod_pear", 5, 1, "pc_green"), Judge.Line("prod_kiwi", 3, 1, "pc_green")) });
        Assert.True(verdict.Holds);
        Assert.Equal([("sku_small", true), ("prod_pear", false), ("prod_kiwi", false)], verdict.Bundle!.Identified.Select(item => (item.Id, item.IsSku)));
    }

    [Fact]
    public void A_rule_does_not_hold_without_its_bundle()
    {
        var document = Bundle(null, Part("prod_cup", "product", 1))[..^1] + ""","error":{"message":"Take a cup."}}""";
        var verdict = Judge.Rule(document).Evaluate(Judge.Ann);
        Assert.False(verdict.Holds);
        Assert.Equal(("Take a cup.", 0, 1), (verdict.Message, verdict.Bundle!.Quantity, verdict.Bundle.Limit));
        Assert.Equal(RuleLack.Order, Judge.Rule(document).Evaluate(Judge.Anybody).Failure!.Lack);
    }

    private static string Part(string id, string kind, int quantity) =>
        $$"""{"name":"order.items.any","conditions":{"$is":[{"id":"{{id}}","type":"x","object":"{{kind}}"}]},"rules":{"1":{"name":"order.items.aggregated_quantity","conditions":{"$is":[{{quantity}}]},"rules":{} },"logic":"1"} }""";

    private static string Bundle(int? limit, params string[] parts) =>
        $$"""{"bundle_rules":{ {{string.Join(",", parts.Select((part, at) => $"\"{at + 1}\":{part}"))}},"limit":{{(limit is null ? "null" : $"{limit}")}} } }""";

    private static string Found(CompiledRule rule, params CartLine[] lines)
    {
        var found = rule.Bundle!.In(Judge.Order([.. lines]));
        var used = string.Concat(found.Identified.Select(item => $" {item.Line}x{item.Quantity}"));
        var missing = string.Join(", ", found.Missing.Select(lack => $"{lack.Item.Id} x{lack.Quantity}"));
        return $"{found.Quantity} of {found.Limit}:{used};{(missing.Length == 0 ? "" : $" {missing}")}";
    }
}
