using System.Globalization;
using Xunit;

namespace Marketing.Distributions;

public sealed class SeriesBucketsTests
{
    [Theory]
    [InlineData("day", "UTC", "2026-03-29T10:20Z", "2026-03-29T00:00Z")]
    [InlineData("day", "Europe/Warsaw", "2026-03-28T22:59Z", "2026-03-27T23:00Z")]
    [InlineData("day", "Europe/Warsaw", "2026-03-28T23:00Z", "2026-03-28T23:00Z")]
    [InlineData("day", "Europe/Warsaw", "2026-03-29T21:59Z", "2026-03-28T23:00Z")]
    [InlineData("day", "Europe/Warsaw", "2026-03-29T22:00Z", "2026-03-29T22:00Z")]
    [InlineData("day", "America/New_York", "2026-11-01T03:30Z", "2026-10-31T04:00Z")]
    [InlineData("hour", "Europe/Warsaw", "2026-03-29T10:20Z", "2026-03-29T10:00Z")]
    public void A_day_begins_at_midnight_of_its_zone(string interval, string zone, string at, string start) =>
        Assert.Equal(At(start), new SeriesBuckets(interval, zone).StartOf(At(at)));

    [Fact]
    public void Hours_add_up_to_days_and_none_is_left_out()
    {
        var days = new SeriesBuckets("day", "Europe/Warsaw");
        AnalyticsPoint[] hours =
        [
            new() { At = At("2026-03-28T22:00Z"), Channel = "email", Sent = 1 }, new() { At = At("2026-03-28T23:00Z"), Channel = "email", Sent = 2, Failed = 1 },
            new() { At = At("2026-03-29T21:00Z"), Channel = "email", Sent = 4, Skipped = 3, Recovered = 1 }, new() { At = At("2026-03-29T21:00Z"), Channel = "webhook", Sent = 8 },
        ];
        var sums = days.Sum(hours);
        Assert.Equal(["email 1", "email 6", "webhook 8"], sums.Select(static point => $"{point.Channel} {point.Sent}"));
        Assert.Equal((1, 3, 1), (sums[1].Failed, sums[1].Skipped, sums[1].Recovered));

        // The day on which the clock goes forward has 23 hours.
        var filled = days.Fill(sums, ["email", "webhook"], At("2026-03-28T12:00Z"), At("2026-03-31T00:00Z"));
        Assert.Equal(
            ["2026-03-27T23:00Z email 1", "2026-03-27T23:00Z webhook 0", "2026-03-28T23:00Z email 6", "2026-03-28T23:00Z webhook 8", "2026-03-29T22:00Z email 0", "2026-03-29T22:00Z webhook 0", "2026-03-30T22:00Z email 0", "2026-03-30T22:00Z webhook 0"],
            filled.Select(static point => string.Create(CultureInfo.InvariantCulture, $"{point.At:yyyy-MM-ddTHH:mm}Z {point.Channel} {point.Sent}")));
    }

    [Theory]
    [InlineData("hour", 1_000)]
    [InlineData("day", 1_000)]
    [InlineData("day", 1)]
    public void A_series_is_not_longer_than_it_may_be(string interval, int most)
    {
        var buckets = new SeriesBuckets(interval, "Europe/Warsaw");
        var end = At("2026-11-28T12:30Z");
        Assert.Equal(most, buckets.Fill([], ["email"], buckets.Earliest(end, most), end).Count);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
