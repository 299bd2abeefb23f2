using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Marketing.Customers;

public sealed class CreationTimesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Noon);

    [Fact]
    public void Instants_are_distinct_and_in_order_while_the_clock_stands_still()
    {
        var times = new CreationTimes(_clock);
        List<DateTimeOffset> given = [times.Next(1)];
        var some = times.Next(1, 300);
        given.AddRange(Enumerable.Range(0, 300).Select(some));
        given.Add(times.Next(1));

        Assert.Equal(Enumerable.Range(0, 302).Select(number => Noon.AddMilliseconds(number)), given);
        Assert.Equal(Noon, times.Next(2));
    }

    [Fact]
    public void They_run_ahead_of_the_clock_by_a_second_at_most_and_are_shared_evenly_from_then_on()
    {
        var times = new CreationTimes(_clock);
        var first = times.Next(1, 900);
        var many = times.Next(1, 1_010);
        var limit = Noon.AddMilliseconds(CreationTimes.MostAhead);
        Assert.Equal(Noon.AddMilliseconds(899), first(899));
        Assert.Equal((Noon.AddMilliseconds(900), limit), (many(0), many(1_009)));
        Assert.All(Enumerable.Range(0, 1_010).GroupBy(many), same => Assert.Equal(10, same.Count()));

        Assert.Equal(limit, times.Next(1));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(limit.AddMilliseconds(1), times.Next(1));
    }

    [Fact]
    public void A_clock_that_was_put_back_is_followed()
    {
        var times = new CreationTimes(_clock);
        Assert.Equal(Noon, times.Next(1));
        _clock.AdjustTime(Noon.AddHours(-1));
        Assert.Equal([Noon.AddHours(-1), Noon.AddHours(-1).AddMilliseconds(1)], [times.Next(1), times.Next(1)]);
    }
}
