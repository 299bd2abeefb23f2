using System.Text.Json;
using Xunit;

namespace Marketing.Campaigns;

public sealed class CodePatternTests
{
    [Theory]
    [InlineData("{}", "^[0-9a-zA-Z]{8}$")]
    [InlineData("""{"length":4,"charset":"AB"}""", "^[AB]{4}$")]
    [InlineData("""{"prefix":"P-","postfix":"-Q","length":3,"charset":"0"}""", "^P-000-Q$")]
    [InlineData("""{"pattern":"SPRING-##-##","charset":"7"}""", "^SPRING-77-77$")]
    [InlineData("""{"pattern":"#X#","length":20,"charset":"AB","prefix":"p"}""", "^p[AB]X[AB]$")]
    public void Codes_look_as_they_are_described(string config, string expected)
    {
        var pattern = CodePattern.Of(JsonElement.Parse(config));
        Assert.Null(pattern.Problem);
        Assert.All(Enumerable.Range(0, 50), _ => Assert.Matches(expected, pattern.Next()));
    }

    [Theory]
    [InlineData("""{"pattern":"ABC"}""")]
    [InlineData("""{"charset":""}""")]
    [InlineData("""{"length":200,"prefix":"too long"}""")]
    public void What_makes_no_codes_is_told(string config) => Assert.NotNull(CodePattern.Of(JsonElement.Parse(config)).Problem);

    [Theory]
    [InlineData("""{"length":2,"charset":"aAbB"}""", true, 16)]
    [InlineData("""{"length":2,"charset":"aAbB"}""", false, 4)]
    [InlineData("""{"pattern":"A-#-#-#","charset":"0123456789"}""", true, 1_000)]
    [InlineData("""{"length":3,"charset":"aaaa"}""", true, 1)]
    public void Room_counts_codes_that_are_told_apart(string config, bool caseSensitive, double room) =>
        Assert.Equal(room, CodePattern.Of(JsonElement.Parse(config)).Room(caseSensitive));
}
