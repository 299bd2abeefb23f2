using Xunit;

namespace Marketing.Filters;

public sealed class TextAndNumberTests
{
    [Theory]
    [InlineData("$contains", "\"kowal\"", true)]
    [InlineData("$contains", "[\"xx\",\"@\"]", true)]
    [InlineData("$contains", "\"KOWAL\"", false)]
    [InlineData("$not_contain", "[\"xx\",\"@\"]", false)]
    [InlineData("$not_contain", "[\"xx\",\"yy\"]", true)]
    [InlineData("$starts_with", "\"anna.\"", true)]
    [InlineData("$starts_with", "\"nna\"", false)]
    [InlineData("$starts_with", "[\"x\",\"a\"]", true)]
    [InlineData("$ends_with", "\".com\"", true)]
    [InlineData("$ends_with", "[\".pl\",\".de\"]", false)]
    [InlineData("$starts_with", "\"anna.kowalska@example.com and more\"", false)]
    public void Parts_of_text_are_found_where_they_should_be(string operation, string values, bool expected) =>
        Assert.Equal(expected, Ask.Matches("email", operation, values, """{"email":"anna.kowalska@example.com"}"""));

    [Fact]
    public void A_number_in_metadata_is_searched_as_it_is_written()
    {
        Assert.True(Ask.Matches("metadata.zip", "$starts_with", "[30]", """{"metadata":{"zip":30159}}"""));
        Assert.False(Ask.Matches("metadata.zip", "$starts_with", "[\"tr\"]", """{"metadata":{"zip":true}}"""));
    }

    [Theory]
    [InlineData("$more_than", "99", true)]
    [InlineData("$more_than", "100", false)]
    [InlineData("$more_than", "[\"99.5\"]", true)]
    [InlineData("$more_than_equal", "100", true)]
    [InlineData("$more_than_equal", "100.01", false)]
    [InlineData("$less_than", "100", false)]
    [InlineData("$less_than", "100.01", true)]
    [InlineData("$less_than_equal", "100", true)]
    [InlineData("$less_than_equal", "99", false)]
    [InlineData("$is", "\"100\"", true)]
    [InlineData("$is_not", "[99,101]", true)]
    public void Numbers_are_compared_as_numbers(string operation, string values, bool expected) =>
        Assert.Equal(expected, Ask.Matches("summary.orders.total_amount", operation, values, """{"summary":{"orders":{"total_amount":100}}}"""));

    [Theory]
    [InlineData("summary.orders.total_count")]
    [InlineData("summary.redemptions.gift.amount_to_go")]
    [InlineData("loyalty.points")]
    [InlineData("loyalty_points.campaigns.Club.points")]
    [InlineData("events.order.paid.count")]
    public void A_counter_never_written_is_zero(string field)
    {
        Assert.True(Ask.Matches(field, "$is", "0", "{}"));
        Assert.True(Ask.Matches(field, "$less_than", "1", "{}"));
        Assert.True(Ask.Matches(field, "$has_value", "true", "{}"));
        Assert.False(Ask.Matches(field, "$is_not", "0", "{}"));
    }

    [Theory]
    [InlineData("\"12\"", true)]
    [InlineData("\"12 apples\"", false)]
    [InlineData("12.5", true)]
    [InlineData("1e400", true)]
    [InlineData("-1e400", false)]
    [InlineData("1e-400", false)]
    [InlineData("99999999999999999999999999999999999999", true)]
    [InlineData("true", false)]
    [InlineData("{}", false)]
    public void Metadata_counts_as_a_number_when_it_is_one(string value, bool expected) =>
        Assert.Equal(expected, Ask.Matches("metadata.n", "$more_than", "10", $$$"""{"metadata":{"n":{{{value}}}}}"""));

    [Theory]
    [InlineData("$count", "3", true)]
    [InlineData("$count", "[1,2]", false)]
    [InlineData("$count_less", "3", false)]
    [InlineData("$count_less", "4", true)]
    [InlineData("$count_more", "2", true)]
    [InlineData("$count_more", "3", false)]
    public void A_list_is_counted(string operation, string values, bool expected) =>
        Assert.Equal(expected, Ask.Matches("metadata.tags", operation, values, """{"metadata":{"tags":["a",null,{"b":[1,2]}]}}"""));

    [Theory]
    [InlineData("52.2297,21.0122", true)]
    [InlineData("geo:52.2297, 21.0122", true)]
    [InlineData("50.0647,19.9450", false)]
    [InlineData("nowhere", false)]
    [InlineData("95,21", false)]
    public void A_place_lies_in_a_circle_or_a_polygon(string place, bool expected)
    {
        var document = $$$"""{"metadata":{"home":"{{{place}}}"}}""";
        const string Circle = """{"lat":52.2,"lng":"21.0","radius":10}""";
        const string Polygon = """{"points":[[52.0,20.5],[52.5,20.5],"52.5,21.5",[52.0,21.5]]}""";
        Assert.Equal(expected, Ask.Matches("metadata.home", "$in_location", Circle, document));
        Assert.Equal(expected, Ask.Matches("metadata.home", "$in_location", $"[{Polygon}]", document));
        Assert.Equal(!expected, Ask.Matches("metadata.home", "$not_in_location", $"[{Circle},{Polygon}]", document));
    }

    [Fact]
    public void A_circle_reaches_as_far_as_its_radius_over_the_ground()
    {
        // One degree of latitude is 111.195 km on a sphere of the mean radius.
        const string Document = """{"metadata":{"home":"1,0"}}""";
        Assert.True(Ask.Matches("metadata.home", "$in_location", """{"lat":0,"lng":0,"radius":111.2}""", Document));
        Assert.False(Ask.Matches("metadata.home", "$in_location", """{"lat":0,"lng":0,"radius":111.19}""", Document));
    }
}
