using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Filters;
using Xunit;

namespace Marketing.Validity;

public sealed class ValidityPeriodTests
{
    private static readonly FilterSettings Warsaw = FilterSettings.In("Europe/Warsaw");

    [Theory]

    // Both ends are in.
    [InlineData("""{"start_date":"2026-03-01T10:00:00Z"}""", "2026-03-01T09:59:59.999Z", "NotYet")]
    [InlineData("""{"start_date":"2026-03-01T10:00:00Z"}""", "2026-03-01T10:00:00Z", "Holds")]
    [InlineData("""{"expiration_date":"2026-03-01T10:00:00Z"}""", "2026-03-01T10:00:00Z", "Holds")]
    [InlineData("""{"expiration_date":"2026-03-01T10:00:00Z"}""", "2026-03-01T10:00:00.001Z", "Over")]

    // One day of two, counted from the start.
    [InlineData("""{"start_date":"2026-03-01T00:00:00Z","validity_timeframe":{"interval":"P2D","duration":"P1D"}}""", "2026-03-01T22:00:00Z", "Holds")]
    [InlineData("""{"start_date":"2026-03-01T00:00:00Z","validity_timeframe":{"interval":"P2D","duration":"P1D"}}""", "2026-03-02T12:00:00Z", "Paused")]
    [InlineData("""{"start_date":"2026-03-01T00:00:00Z","validity_timeframe":{"interval":"P2D","duration":"P1D"}}""", "2026-03-03T12:00:00Z", "Holds")]

    // The window begins at one o'clock in Warsaw, before and after the clocks go forward on the 29th of March.
    [InlineData("""{"start_date":"2026-03-27T00:00:00Z","validity_timeframe":{"interval":"P1D","duration":"PT1H"}}""", "2026-03-28T00:30:00Z", "Holds")]
    [InlineData("""{"start_date":"2026-03-27T00:00:00Z","validity_timeframe":{"interval":"P1D","duration":"PT1H"}}""", "2026-03-30T00:30:00Z", "Paused")]
    [InlineData("""{"start_date":"2026-03-27T00:00:00Z","validity_timeframe":{"interval":"P1D","duration":"PT1H"}}""", "2026-03-29T23:30:00Z", "Holds")]

    // Days are those of the project: Sunday the first of March ends an hour before it does in UTC.
    [InlineData("""{"validity_day_of_week":[0]}""", "2026-03-01T22:59:00Z", "Holds")]
    [InlineData("""{"validity_day_of_week":[0]}""", "2026-03-01T23:01:00Z", "Paused")]
    [InlineData("""{"validity_day_of_week":[1,2]}""", "2026-03-01T23:01:00Z", "Holds")]

    // Hours too; those over midnight belong to the day they begin on.
    [InlineData("""{"validity_hours":{"daily":[{"start_time":"09:00","expiration_time":"17:30"}]}}""", "2026-03-02T08:00:00Z", "Holds")]
    [InlineData("""{"validity_hours":{"daily":[{"start_time":"09:00","expiration_time":"17:30"}]}}""", "2026-03-02T16:30:00Z", "Paused")]
    [InlineData("""{"validity_hours":{"daily":[{"start_time":"22:00","expiration_time":"02:00","days_of_week":[5]}]}}""", "2026-03-06T21:30:00Z", "Holds")]
    [InlineData("""{"validity_hours":{"daily":[{"start_time":"22:00","expiration_time":"02:00","days_of_week":[5]}]}}""", "2026-03-07T00:30:00Z", "Holds")]
    [InlineData("""{"validity_hours":{"daily":[{"start_time":"22:00","expiration_time":"02:00","days_of_week":[5]}]}}""", "2026-03-06T00:30:00Z", "Paused")]
    [InlineData("""{"validity_hours":{"daily":[{"start_time":"09:00","expiration_time":"10:00"},{"start_time":"12:00","expiration_time":"13:00"}]}}""", "2026-03-02T11:30:00Z", "Holds")]
    [InlineData("{}", "2026-03-02T11:30:00Z", "Holds")]
    public void It_holds_by_the_clocks_of_the_project(string document, string now, string expected)
    {
        using var parsed = JsonDocument.Parse(document);
        Assert.Equal(Enum.Parse<ValidityState>(expected), ValidityPeriod.Read(parsed.RootElement).At(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture), Warsaw));
    }

    [Theory]
    [InlineData("2026-12-24", "2026-12-23T23:00:00.000Z", "2026-12-24T22:59:59.999Z")]
    [InlineData("2026-03-29", "2026-03-28T23:00:00.000Z", "2026-03-29T21:59:59.999Z")]
    [InlineData("2026-10-25", "2026-10-24T22:00:00.000Z", "2026-10-25T22:59:59.999Z")]
    [InlineData("2026-12-24T10:00:00Z", "2026-12-24T10:00:00.000Z", "2026-12-24T10:00:00.000Z")]
    [InlineData("2026-12-24T10:00:00+02:00", "2026-12-24T08:00:00.000Z", "2026-12-24T08:00:00.000Z")]
    public void A_day_without_a_time_is_the_whole_day_in_the_projects_zone(string given, string start, string end)
    {
        var document = new JsonObject { ["start_date"] = given, ["expiration_date"] = given };
        DateBounds.Settle(document, Warsaw);
        Assert.Equal((start, end), (document["start_date"]!.GetValue<string>(), document["expiration_date"]!.GetValue<string>()));
    }
}
