using System.Text;
using Marketing.Http;
using Xunit;

namespace Marketing.Api;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("""{"name":"Zażółć 😀 \\u0000 \"quoted\" \ud83d\ude00"}""")]
    [InlineData("""{"path":"C:\\users\\u"}""")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("\\")]
    [InlineData("\\u12")]
    public void Ordinary_text_passes(string json) => Assert.Null(BodyText.Problem(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("""{"a":"\u0000"}""", "NUL")]
    [InlineData("{\"a\":\"x\0\"}", "NUL")]
    [InlineData("""{"a":"\ud800"}""", "surrogates")]
    [InlineData("""{"a":"\udc00"}""", "surrogates")]
    [InlineData("""{"a":"\ud800\ud800"}""", "surrogates")]
    [InlineData("""{"a":"\ud800x\udc00"}""", "surrogates")]
    [InlineData("""{"a":"\ud800\n"}""", "surrogates")]
    [InlineData("""{"\uD800":1}""", "surrogates")]
    public void Text_that_no_database_holds_is_refused(string json, string why) =>
        Assert.Contains(why, BodyText.Problem(Encoding.UTF8.GetBytes(json)), StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused() => Assert.Contains("UTF-8", BodyText.Problem([(byte)'"', 0xC3, 0x28, (byte)'"']), StringComparison.Ordinal);
}
