using Marketing.Http;
using Xunit;

namespace Marketing.Api;

public sealed class IsoTimeTests
{
    [Theory]
    [InlineData("PT10M", "00:10:00")]
    [InlineData("P1D", "1.00:00:00")]
    [InlineData("P1DT2H3M4.5S", "1.02:03:04.5")]
    [InlineData("P2W", "14.00:00:00")]
    [InlineData("PT0S", "00:00:00")]
    public void A_duration_of_fixed_units_is_read(string text, string expected)
    {
        Assert.True(IsoTime.TryDuration(text, out var duration));
        Assert.Equal(TimeSpan.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("-PT1M")]
    [InlineData("PT1D")]
    [InlineData("10 minutes")]
    [InlineData("PT99999999999999999999H")]
    [InlineData("PT1M1H")]
    public void Anything_else_is_no_duration(string text) => Assert.False(IsoTime.TryDuration(text, out _));

    [Fact]
    public void What_is_written_is_read_again()
    {
        var duration = new TimeSpan(3, 4, 5, 6);
        Assert.True(IsoTime.TryDuration(IsoTime.Format(duration), out var again));
        Assert.Equal(duration, again);
    }

    [Theory]
    [InlineData("2026-02-28", "2026-02-28T00:00:00Z")]
    [InlineData("2026-02-28T10:20:30Z", "2026-02-28T10:20:30Z")]
    [InlineData("2026-02-28T10:20:30.1234567+02:00", "2026-02-28T08:20:30.1234567Z")]
    [InlineData("2026-02-28T10:20", "2026-02-28T10:20:00Z")]
    public void An_instant_without_an_offset_is_utc(string text, string expected)
    {
        Assert.True(IsoTime.TryInstant(text, out var instant));
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), instant);
    }

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("28/02/2026")]
    [InlineData("yesterday")]
    [InlineData("1700000000")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    public void Anything_else_is_no_instant(string text) => Assert.False(IsoTime.TryInstant(text, out _));
}
