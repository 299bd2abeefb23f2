using Xunit;

namespace Marketing.Filters;

public sealed class EqualityTests
{
    [Theory]
    [InlineData("\"Poland\"", true)]
    [InlineData("[\"Germany\",\"Poland\"]", true)]
    [InlineData("[\"poland\"]", false)]
    [InlineData("[\"Pol\"]", false)]
    public void Text_is_compared_exactly_with_any_of_the_values(string values, bool expected)
    {
        const string Document = """{"address":{"city":"Kraków","country":"Poland"}}""";
        Assert.Equal(expected, Ask.Matches("address.country", "$is", values, Document));
        Assert.Equal(expected, Ask.Matches("address.country", "$in", values, Document));
        Assert.Equal(!expected, Ask.Matches("address.country", "$is_not", values, Document));
        Assert.Equal(!expected, Ask.Matches("address.country", "$not_in", values, Document));
    }

    [Fact]
    public void Escapes_in_the_filter_and_in_the_document_mean_the_same_text()
    {
        Assert.True(Ask.Matches("address.city", "$is", "\"Krak\\u00f3w\"", """{"address":{"city":"Kraków"}}"""));
        Assert.True(Ask.Matches("address.city", "$is", "\"Kraków\"", """{"address":{"city":"Krak\u00f3w"}}"""));
        Assert.True(Ask.Matches("metadata.x", "$is", """["a\"\\\/\n\t\r\b\f😀"]""", """{"metadata":{"x":"\u0061\"\\\/\n\t\r\b\f\uD83D\uDE00"}}"""));
        Assert.True(Ask.Matches("metadata.größe", "$is", "\"L\"", """{"metadata":{"gr\u00f6\u00dfe":"L"}}"""));
    }

    [Theory]
    [InlineData("7", "7", true)]
    [InlineData("7", "\"7\"", true)]
    [InlineData("7.0", "7", true)]
    [InlineData("7e0", "\"7\"", true)]
    [InlineData("\"7.0\"", "7", true)]
    [InlineData("\"007\"", "\"7\"", false)]
    [InlineData("8", "[6,7]", false)]
    [InlineData("true", "1", false)]
    [InlineData("true", "true", true)]
    [InlineData("true", "\"true\"", true)]
    [InlineData("false", "\"true\"", false)]
    [InlineData("\"true\"", "true", true)]
    [InlineData("{\"a\":7}", "7", false)]
    public void Metadata_is_compared_by_what_it_holds(string value, string wanted, bool expected) =>
        Assert.Equal(expected, Ask.Matches("metadata.x", "$is", wanted, $$$"""{"metadata":{"x":{{{value}}}}}"""));

    [Theory]
    [InlineData("$is", "\"vip\"", true)]
    [InlineData("$in", "[\"new\",\"b2c\"]", true)]
    [InlineData("$is", "\"new\"", false)]
    [InlineData("$is_not", "\"vip\"", false)]
    [InlineData("$is_not", "\"new\"", true)]
    [InlineData("$starts_with", "\"b2\"", true)]
    [InlineData("$not_contain", "\"2\"", false)]
    [InlineData("$more_than", "6", true)]
    [InlineData("$more_than", "7", false)]
    public void A_list_meets_a_condition_when_one_element_does(string operation, string values, bool expected) =>
        Assert.Equal(expected, Ask.Matches("metadata.tags", operation, values, """{"metadata":{"tags":["vip","b2c",7,null,[1],{"a":9}]}}"""));

    [Theory]
    [InlineData("2026-05-12T21:59:59Z", false)]
    [InlineData("2026-05-12T22:00:00Z", true)]
    [InlineData("2026-05-13T21:59:59.9999999Z", true)]
    [InlineData("2026-05-13T22:00:00Z", false)]
    public void A_day_means_the_whole_day_in_the_zone_of_the_project(string created, bool expected)
    {
        var document = $$$"""{"created_at":"{{{created}}}","metadata":{"at":"{{{created}}}"}}""";
        Assert.Equal(expected, Ask.Matches("created_at", "$is", "\"2026-05-13\"", document, settings: Ask.In(Ask.Warsaw)));
        Assert.Equal(expected, Ask.Matches("metadata.at", "$in", "[\"2026-05-13\"]", document, settings: Ask.In(Ask.Warsaw)));
        Assert.Equal(!expected, Ask.Matches("created_at", "$is_not", "\"2026-05-13\"", document, settings: Ask.In(Ask.Warsaw)));
    }

    [Theory]
    [InlineData("\"2026-05-13T10:00:00+02:00\"", true)]
    [InlineData("\"2026-05-13T08:00Z\"", true)]
    [InlineData("\"2026-05-13T08:00:00.0000001Z\"", false)]
    public void An_instant_is_the_same_in_every_offset(string wanted, bool expected) =>
        Assert.Equal(expected, Ask.Matches("created_at", "$is", wanted, """{"created_at":"2026-05-13T08:00:00.000Z"}"""));

    [Fact]
    public void A_birthday_sent_with_a_time_means_the_day_written()
    {
        var newYork = Ask.In(TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        Assert.True(Ask.Matches("birthdate", "$is", "\"1990-05-05T00:00:00Z\"", """{"birthdate":"1990-05-05"}""", settings: newYork));
    }
}
