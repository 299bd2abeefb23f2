using Xunit;

namespace Marketing.Channels.Sms;

public sealed class SmsTextTests
{
    private const string Emoji = "\U0001F600";

    public static TheoryData<string, string, int, int, int> Counts() => new()
    {
        { "", "GSM-7", 0, 0, 160 },
        { "Hello", "GSM-7", 1, 5, 155 },
        { new string('a', 160), "GSM-7", 1, 160, 0 },
        { new string('a', 161), "GSM-7", 2, 161, 145 },
        { new string('a', 306), "GSM-7", 2, 306, 0 },
        { new string('a', 307), "GSM-7", 3, 307, 152 },
        { "€{}[]~|^\\", "GSM-7", 1, 18, 142 },
        { new string('€', 80), "GSM-7", 1, 160, 0 },

        // 153 places hold 76 of two, and the one place that is left is lost.
        { new string('€', 81), "GSM-7", 2, 162, 143 },
        { "àèéùìòÇØøÅåÄÖÑÜäöñü@£$¥¡¿§", "GSM-7", 1, 26, 134 },
        { "Zażółć", "UCS-2", 1, 6, 64 },
        { new string('ż', 70), "UCS-2", 1, 70, 0 },
        { new string('ż', 71), "UCS-2", 2, 71, 63 },
        { Emoji, "UCS-2", 1, 2, 68 },

        // 67 units hold 33 of two.
        { string.Concat(Enumerable.Repeat(Emoji, 36)), "UCS-2", 2, 72, 61 },
    };

    [Theory]
    [MemberData(nameof(Counts))]
    public void A_text_is_counted_as_networks_do(string text, string encoding, int segments, int length, int left)
    {
        var count = SmsText.Of(text);
        Assert.Equal((encoding, segments, length, left), (count.Encoding, count.Segments, count.Length, count.Left));
    }

    [Theory]
    [InlineData("Hello “you” – ok", "“ ” –")]
    [InlineData("ça coûte 5 €", "ç û")]
    [InlineData("a\tb`", "\t `")]
    [InlineData("plain", "")]
    public void The_characters_that_force_the_larger_alphabet_are_named_once(string text, string unusual) =>
        Assert.Equal(unusual.Split(' ', StringSplitOptions.RemoveEmptyEntries), SmsText.Of(text).Unusual);
}
