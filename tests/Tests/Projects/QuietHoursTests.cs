using System.Globalization;
using Xunit;

namespace Marketing.Projects;

/// <summary>When quiet hours end, by the clock of a zone.</summary>
public sealed class QuietHoursTests
{
    [Theory]
    // Over midnight.
    [InlineData("21:00", "08:00", "UTC", "2030-01-10T20:59:59Z", null)]
    [InlineData("21:00", "08:00", "UTC", "2030-01-10T21:00:00Z", "2030-01-11T08:00:00Z")]
    [InlineData("21:00", "08:00", "UTC", "2030-01-11T00:00:00Z", "2030-01-11T08:00:00Z")]
    [InlineData("21:00", "08:00", "UTC", "2030-01-11T07:59:59Z", "2030-01-11T08:00:00Z")]
    [InlineData("21:00", "08:00", "UTC", "2030-01-11T08:00:00Z", null)]
    [InlineData("21:00", "00:00", "UTC", "2030-12-31T23:30:00Z", "2031-01-01T00:00:00Z")]
    // Within a day, elsewhere.
    [InlineData("13:00", "15:00", "Asia/Kolkata", "2030-01-10T07:29:59Z", null)]
    [InlineData("13:00", "15:00", "Asia/Kolkata", "2030-01-10T07:30:00Z", "2030-01-10T09:30:00Z")]
    // The night in which clocks are put forward is an hour shorter, and the other one longer.
    [InlineData("21:00", "08:00", "Europe/Warsaw", "2030-03-30T22:00:00Z", "2030-03-31T06:00:00Z")]
    [InlineData("21:00", "08:00", "Europe/Warsaw", "2030-10-26T20:00:00Z", "2030-10-27T07:00:00Z")]
    // The end is in the hour that there is not, and in the one that there is twice.
    [InlineData("21:00", "02:30", "Europe/Warsaw", "2030-03-31T00:30:00Z", "2030-03-31T01:00:00Z")]
    [InlineData("21:00", "02:30", "Europe/Warsaw", "2030-10-27T00:10:00Z", "2030-10-27T01:30:00Z")]
    public void They_end_when_the_clock_says_so(string from, string to, string zone, string now, string? end)
    {
        var hours = new QuietHours(TimeOnly.Parse(from, CultureInfo.InvariantCulture), TimeOnly.Parse(to, CultureInfo.InvariantCulture));
        var ends = hours.EndAfter(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone));
        Assert.Equal(end is null ? null : DateTimeOffset.Parse(end, CultureInfo.InvariantCulture), ends);
    }
}
