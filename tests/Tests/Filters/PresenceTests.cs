using Xunit;

namespace Marketing.Filters;

public sealed class PresenceTests
{
    [Theory]
    [InlineData("""{"name":"Ann"}""", true)]
    [InlineData("""{"name":""}""", false)]
    [InlineData("""{"name":null}""", false)]
    [InlineData("{}", false)]
    public void A_value_is_there_unless_it_is_missing_null_or_empty(string document, bool isThere)
    {
        Assert.Equal(isThere, Ask.Matches("name", "$has_value", "[true]", document));
        Assert.Equal(!isThere, Ask.Matches("name", "$is_unknown", "[true]", document));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"true\"", true)]
    [InlineData("\"\"", true)]
    [InlineData("[\"\"]", true)]
    [InlineData("false", false)]
    [InlineData("[\"false\"]", false)]
    public void False_turns_the_question_around(string value, bool asIs)
    {
        Assert.Equal(asIs, Ask.Matches("name", "$has_value", value, """{"name":"Ann"}"""));
        Assert.Equal(!asIs, Ask.Matches("name", "$is_unknown", value, """{"name":"Ann"}"""));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("false")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void Zero_false_and_empty_lists_are_values(string value) =>
        Assert.True(Ask.Matches("metadata.x", "$has_value", "true", $$$"""{"metadata":{"x":{{{value}}}}}"""));

    [Theory]
    [InlineData("$is", "\"x\"", false)]
    [InlineData("$in", "[\"x\"]", false)]
    [InlineData("$contains", "\"x\"", false)]
    [InlineData("$starts_with", "\"x\"", false)]
    [InlineData("$ends_with", "\"x\"", false)]
    [InlineData("$more_than", "-1", false)]
    [InlineData("$less_than", "1", false)]
    [InlineData("$after", "\"2000-01-01\"", false)]
    [InlineData("$more_than_ago", "0", false)]
    [InlineData("$today_md", "true", false)]
    [InlineData("$is_day", "[0,1,2,3,4,5,6]", false)]
    [InlineData("$count", "0", false)]
    [InlineData("$count_less", "5", false)]
    [InlineData("$in_location", """{"lat":0,"lng":0,"radius":20000}""", false)]
    [InlineData("$is_not", "\"x\"", true)]
    [InlineData("$not_in", "[\"x\"]", true)]
    [InlineData("$not_contain", "\"x\"", true)]
    [InlineData("$not_in_location", """{"lat":0,"lng":0,"radius":20000}""", true)]
    public void Of_an_unknown_value_only_the_negative_is_true(string operation, string values, bool expected)
    {
        Assert.Equal(expected, Ask.Matches("metadata.x", operation, values, "{}"));
        Assert.Equal(expected, Ask.Matches("metadata.x", operation, values, """{"metadata":{"x":null}}"""));
        Assert.Equal(expected, Ask.Matches("metadata.x", operation, values, """{"metadata":{"x":""}}"""));
    }
}
