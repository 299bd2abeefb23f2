using CsCheck;
using Xunit;

namespace Marketing.Filters;

public sealed class ZoneChangeTests
{
    private static readonly FilterSettings Kiritimati = Ask.In(TimeZoneInfo.FindSystemTimeZoneById("Pacific/Kiritimati"));

    [Fact]
    public void A_filter_is_read_in_the_zone_of_its_instant()
    {
        var since = Ask.Noon.AddHours(1);
        var filter = Ask.Filter("metadata.day", "$today", "true");
        var set = new FilterSet([Ask.Parse(filter, Kiritimati).After(Ask.Parse(filter), since)]);
        var old = Ask.Read(set, """{"metadata":{"day":"2026-05-13"}}""");
        Assert.True(set.Matches(0, old, since.AddMilliseconds(-1)));
        Assert.False(set.Matches(0, old, since));
        Assert.Equal(since, set.NextChange(0, old, Ask.Noon));

        // Not its day in either zone until the next one begins in the new.
        var next = Ask.Read(set, """{"metadata":{"day":"2026-05-15"}}""");
        Assert.Equal(Ask.At("2026-05-14T10:00:00Z"), set.NextChange(0, next, Ask.Noon));
    }

    [Fact]
    public void Nothing_changes_before_the_next_change_whatever_the_zones() => Gen.Select(Case.Any, Gen.Int[0, 100], Gen.Double[0, 0.999].Array[20]).Sample(
        (question, hours, points) =>
        {
            var since = question.Now.AddHours(hours);
            var before = Ask.Parse(question.Filter, question.Settings);
            var set = new FilterSet([Ask.Parse(question.Filter, Kiritimati).After(before, since)]);
            var values = Ask.Read(set, question.Document);
            var answer = set.Matches(0, values, question.Now);
            var next = set.NextChange(0, values, question.Now);
            Assert.True(next is null || next > question.Now);
            var span = (next ?? question.Now.AddYears(1)) - question.Now - TimeSpan.FromMilliseconds(1);
            foreach (var point in points)
            {
                Assert.Equal(answer, set.Matches(0, values, question.Now + (point * span)));
            }

            Assert.True(before.ReadsCalendar || answer == set.Matches(0, values, since));
        },
        iter: 5_000);
}
