using System.Globalization;
using CsCheck;
using Xunit;

namespace Marketing.Filters;

public sealed class NextChangeTests
{
    [Fact]
    public void Nothing_changes_before_the_next_change() => Gen.Select(Case.Any, Gen.Double[0, 0.999].Array[20]).Sample(
        (question, points) =>
        {
            var set = new FilterSet([Ask.Parse(question.Filter, question.Settings)]);
            var values = Ask.Read(set, question.Document);
            var answer = set.Matches(0, values, question.Now);
            var next = set.NextChange(0, values, question.Now);
            Assert.True(next is null || next > question.Now);

            // What never changes is watched for four years.
            var span = (next ?? question.Now.AddYears(4)) - question.Now - TimeSpan.FromMilliseconds(1);
            foreach (var point in points)
            {
                Assert.Equal(answer, set.Matches(0, values, question.Now + (point * span)));
            }

            Assert.Equal(answer, set.Matches(0, values, question.Now + span));
            Assert.True(set.TimeDependent.Count == 1 || next is null);
        },
        iter: 20_000);

    [Fact]
    public void Following_the_next_changes_misses_no_transition()
    {
        var transitions = 0;
        Case.Any.Where(question => Ask.Parse(question.Filter).IsTimeDependent).Sample(
            question =>
            {
                var set = new FilterSet([Ask.Parse(question.Filter, question.Settings)]);
                var values = Ask.Read(set, question.Document);
                var answer = set.Matches(0, values, question.Now);
                var next = set.NextChange(0, values, question.Now);
                for (var now = question.Now; now < question.Now.AddDays(45); now = now.AddMinutes(47))
                {
                    while (next <= now)
                    {
                        var then = next.Value;
                        Interlocked.Add(ref transitions, answer == (answer = set.Matches(0, values, then)) ? 0 : 1);
                        next = set.NextChange(0, values, then);
                        Assert.True(next is null || next > then);
                    }

                    Assert.Equal(answer, set.Matches(0, values, now));
                }
            },
            iter: 1_000);
        Assert.InRange(transitions, 100, int.MaxValue);
    }

    [Theory]
    [InlineData("created_at", "$more_than_ago", "3", "2026-05-12T10:00:00Z", "2026-05-15T10:00:00.001Z")]
    [InlineData("created_at", "$more_than_ago", "3", "2026-05-01T10:00:00Z", null)]
    [InlineData("created_at", "$less_than_ago", "3", "2026-05-12T10:00:00Z", "2026-05-15T10:00:00Z")]
    [InlineData("created_at", "$less_than_ago", "3", "2026-05-20T10:00:00Z", "2026-05-20T10:00:00Z")]
    [InlineData("created_at", "$more_than_future", "3", "2026-05-20T10:00:00Z", "2026-05-17T10:00:00Z")]
    [InlineData("created_at", "$less_than_future", "3", "2026-05-20T10:00:00Z", "2026-05-17T10:00:00.001Z")]
    [InlineData("created_at", "$today", "true", "2026-05-13T01:00:00Z", "2026-05-14T00:00:00Z")]
    [InlineData("created_at", "$last_week", "true", "2026-05-13T01:00:00Z", "2026-05-18T00:00:00Z")]
    [InlineData("created_at", "$this_month", "true", "2026-04-13T01:00:00Z", null)]
    [InlineData("created_at", "$is_years_ago", "2", "2025-04-13T01:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("created_at", "$is_month", "5", "2025-04-13T01:00:00Z", null)]
    [InlineData("birthdate", "$today_md", "true", "1990-05-13", "2026-05-14T00:00:00Z")]
    [InlineData("birthdate", "$today_md", "true", "1990-05-12", "2027-05-12T00:00:00Z")]
    [InlineData("birthdate", "$next_month", "true", "1990-05-12", "2027-04-01T00:00:00Z")]
    [InlineData("birthdate", "$is_days_in_future_md", "7", "1990-06-01", "2026-05-25T00:00:00Z")]
    [InlineData("created_at", "$today", "true", "never", null)]
    public void The_next_change_is_the_moment_itself(string field, string operation, string values, string date, string? expected) => Assert.Equal(
        expected is null ? null : Ask.At(expected),
        Ask.NextChange(field, operation, values, $$"""{"{{field}}":"{{date}}"}""", Ask.Noon));

    [Theory]
    [InlineData("$more_than_ago", false)]
    [InlineData("$less_than_ago", true)]
    public void Within_a_millisecond_the_answer_is_that_of_what_is_stored(string operation, bool expected)
    {
        var set = new FilterSet([Ask.Parse(Ask.Filter("created_at", operation, "3"))]);
        var values = Ask.Read(set, """{"created_at":"2026-05-12T10:00:00.0000001Z"}""");
        var edge = Ask.At("2026-05-15T10:00:00Z");
        Assert.Equal(expected, set.Matches(0, values, edge));
        Assert.Equal(expected, set.Matches(0, values, edge.AddTicks(9_999)));
        Assert.Equal(edge.AddMilliseconds(1), set.NextChange(0, values, edge.AddTicks(9_999)));
        Assert.Equal(!expected, set.Matches(0, values, edge.AddMilliseconds(1)));
    }

    [Fact]
    public void Midnight_is_that_of_the_project() => Assert.Equal(
        Ask.At("2026-03-29T22:00:00Z"),
        Ask.NextChange("created_at", "$today", "true", """{"created_at":"2026-03-29T10:00:00Z"}""", Ask.At("2026-03-29T10:00:00Z"), Ask.In(Ask.Warsaw)));

    [Fact]
    public void A_day_begins_once_even_where_the_clock_goes_back_across_midnight()
    {
        // St. John's put its clocks back on 2005-10-30 at 00:01, so the calendar on the wall showed the 29th again.
        var set = new FilterSet(
            [Ask.Parse(Ask.Filter("created_at", "$today", "true"), Ask.In(TimeZoneInfo.FindSystemTimeZoneById("America/St_Johns")))]);
        var values = Ask.Read(set, """{"created_at":"2005-10-30T15:00:00Z"}""");
        var changes = new List<DateTimeOffset>();
        var answer = false;
        for (var now = Ask.At("2005-10-28T00:00:00Z"); now < Ask.At("2005-11-02T00:00:00Z"); now = now.AddMinutes(1))
        {
            if (set.Matches(0, values, now) != answer)
            {
                answer = !answer;
                changes.Add(now);
            }
        }

        Assert.Equal([Ask.At("2005-10-30T02:30:00Z"), Ask.At("2005-10-31T03:30:00Z")], changes);
        Assert.Equal(changes[0], set.NextChange(0, values, Ask.At("2005-10-28T00:00:00Z")));
        Assert.Equal(changes[1], set.NextChange(0, values, changes[0]));
    }

    [Fact]
    public void Who_fails_for_a_reason_that_lasts_needs_no_timer()
    {
        const string Conditions = """ "created_at":{"conditions":{"$more_than_ago":3}},"name":{"conditions":{"$is":"Anna"}}}""";
        var and = new FilterSet([Ask.Parse("{" + Conditions)]);
        var or = new FilterSet([Ask.Parse("{\"junction\":\"or\"," + Conditions)]);
        const string Anna = """{"created_at":"2026-05-13T00:00:00Z","name":"Anna"}""";
        const string Bob = """{"created_at":"2026-05-13T00:00:00Z","name":"Bob"}""";
        Assert.NotNull(and.NextChange(0, Ask.Read(and, Anna), Ask.Noon));
        Assert.Null(and.NextChange(0, Ask.Read(and, Bob), Ask.Noon));
        Assert.Null(or.NextChange(0, Ask.Read(or, Anna), Ask.Noon));
        Assert.NotNull(or.NextChange(0, Ask.Read(or, Bob), Ask.Noon));
    }

    [Fact]
    public void A_day_of_anniversaries_far_away_is_still_reached()
    {
        // More than 364 days after the anniversary is true only on the day before a 29th of February.
        var set = new FilterSet([Ask.Parse(Ask.Filter("birthdate", "$is_more_days_ago_md", "364"))]);
        var values = Ask.Read(set, """{"birthdate":"1992-02-29"}""");
        var now = Ask.At("2025-03-01T00:00:00Z");
        while (!set.Matches(0, values, now))
        {
            now = Assert.NotNull(set.NextChange(0, values, now));
        }

        Assert.Equal("2028-02-28", now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9999-12-31T23:59:59.9999999-12:00")]
    public void The_ends_of_the_calendar_are_days_like_any_other(string date)
    {
        foreach (var zone in (TimeZoneInfo[])[TimeZoneInfo.Utc, Ask.Warsaw])
        {
            foreach (var operation in FilterOperators.Names)
            {
                var set = new FilterSet([Ask.Parse(Ask.Filter("metadata.d", operation, Ask.SomeValueFor(operation)), Ask.In(zone))]);
                var read = Ask.Read(set, $$$"""{"metadata":{"d":"{{{date}}}"}}""");
                foreach (var now in (DateTimeOffset[])[DateTimeOffset.MinValue, Ask.Noon, DateTimeOffset.MaxValue])
                {
                    set.Matches(0, read, now);
                    Assert.True((set.NextChange(0, read, now) ?? DateTimeOffset.MaxValue) >= now);
                }
            }
        }
    }
}
