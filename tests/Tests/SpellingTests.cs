using Xunit;

namespace Marketing;

public sealed class SpellingTests
{
    private static readonly string[] Fields = ["name", "type", "trigger", "audience", "channels", "starts_at", "ends_at", "from_name"];

    [Theory]
    [InlineData("nmae", "name")]
    [InlineData("channel", "channels")]
    [InlineData("startsAt", "starts_at")]
    [InlineData("start_at", "starts_at")]
    [InlineData("TRIGGER", "trigger")]
    [InlineData("audiense", "audience")]
    [InlineData("from", "from_name")]
    public void A_name_that_is_a_little_wrong_is_recognised(string written, string meant) => Assert.Equal(meant, Spelling.Nearest(written, Fields));

    [Theory]
    [InlineData("lanes")]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("\u0130\ud800")]
    [InlineData("ttt")]
    public void A_name_that_is_another_is_not(string written) => Assert.Null(Spelling.Nearest(written, Fields));

    [Fact]
    public void A_text_of_any_length_is_answered_at_once() => Assert.Null(Spelling.Nearest(new string('n', 1_000_000), Fields));
}
