using System.Text.Json;
using Marketing.Filters;
using Xunit;

namespace Marketing.ProductCollections;

/// <summary>Which collections a line of an order is in, told by the line alone.</summary>
public sealed class CollectionsOfLinesTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly ProductCollectionsSection Section = new(
    [
        new CollectionEntry(1, "pears", 1) { Members = [new CollectionMember("product", "prod_pear", null, "pear"), new CollectionMember("sku", "sku_plum_l", "prod_plum", "plum-l")] },
        new CollectionEntry(2, "also", 1) { Members = [new CollectionMember("product", "prod_pear", null, "pear")] },
        Dynamic("dear", """{"junction":"and","price":{"conditions":{"$more_than":[500]}}}"""),
        Dynamic("cheap", """{"junction":"and","price":{"conditions":{"$less_than":[500]}}}"""),
        Dynamic("gifts", """{"junction":"or","metadata.kind":{"conditions":{"$in":["gift","toy"]}},"name":{"conditions":{"$contains":"Gift"}}}"""),
        Dynamic("large", """{"junction":"and","object":{"conditions":{"$is":"sku"}},"attributes.size":{"conditions":{"$is":"l"}}}"""),
        Dynamic("fresh", """{"junction":"and","created_at":{"conditions":{"$less_than_ago":[7]}}}"""),
    ]);

    [Theory]
    [InlineData("""{"id":"prod_pear"}""", null, "also pears")]
    [InlineData("""{"source_id":"pear"}""", null, "also pears")]
    [InlineData("""{"id":"pear"}""", null, "")]
    [InlineData("""{"id":"prod_plum"}""", """{"id":"sku_plum_l"}""", "pears")]
    [InlineData(null, """{"source_id":"plum-l","price":600}""", "dear pears")]
    [InlineData(null, """{"id":"prod_pear"}""", "")]
    [InlineData("""{"price":600}""", """{"price":400}""", "cheap dear")]
    [InlineData("""{"price":500}""", null, "")]
    [InlineData("""{"price":"600"}""", null, "")]
    [InlineData("""{"metadata":{"kind":["box","toy"]}}""", null, "gifts")]
    [InlineData("""{"name":"Gift box","metadata":7}""", null, "gifts")]
    [InlineData("""{"attributes":["size"]}""", """{"sku":"Large","attributes":{"size":"l"}}""", "large")]
    [InlineData("""{"attributes":{"size":"l"}}""", null, "")]
    [InlineData("7", "[]", "")]
    [InlineData(null, null, "")]
    public void A_line_is_in_the_collections_of_its_product_and_of_its_sku(string? product, string? sku, string expected) => Assert.Equal(
        expected,
        string.Join(' ', Section.CollectionsOf(
            product is null ? null : CollectionItem.OfProduct(JsonElement.Parse(product)), sku is null ? null : CollectionItem.OfSku(JsonElement.Parse(sku)), Now).Order(StringComparer.Ordinal)));

    [Fact]
    public void What_is_stored_is_known_with_its_times()
    {
        var item = new CollectionItem { IsSku = false, Id = "p", CreatedAt = Now.AddDays(-6) };
        Assert.Equal(["fresh"], Section.CollectionsOf(item, null, Now));
        Assert.Empty(Section.CollectionsOf(item, null, Now.AddDays(2)));
    }

    [Fact]
    public void Without_collections_nothing_is_in_one() =>
        Assert.Empty(new ProductCollectionsSection([]).CollectionsOf(CollectionItem.OfProduct(JsonElement.Parse("""{"id":"p","price":1}""")), null, Now));

    private static CollectionEntry Dynamic(string id, string filter) =>
        new(9, id, 1) { Filter = ((FilterParseResult.Ok)CollectionFilters.Parse(RawJson.Parse(filter), FilterSettings.Default)).Filter };
}
