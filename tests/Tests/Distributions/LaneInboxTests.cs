using System.Text;
using Marketing.Customers;
using Marketing.Distributions.Lanes;
using Marketing.Storage;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Marketing.Distributions;

/// <summary>What a lane is handed without reading it back is complete and fresh, or it reads.</summary>
public sealed class LaneInboxTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly CustomerRow Ada = new(5, 1, "cust_ada", 1, Noon, null, Encoding.UTF8.GetBytes("{}"), Noon);

    private readonly FakeTimeProvider _clock = new(Noon);
    private readonly LaneInboxes _inboxes;
    private readonly LaneInbox _inbox;

    public LaneInboxTests()
    {
        _inboxes = new LaneInboxes(_clock);
        _inbox = _inboxes.Open(7, 0);
    }

    [Fact]
    public void Messages_come_in_order_and_in_portions()
    {
        Assert.All(Enumerable.Range(1, 3), number => Assert.True(Hand(number)));
        Assert.Equal([1, 2], _inbox.Take(2)!.Select(message => message.Number));
        Assert.Equal([3], _inbox.Take(2)!.Select(message => message.Number));
        Assert.Equal([], _inbox.Take(2)!);
    }

    [Fact]
    public void What_waited_a_second_is_read_again()
    {
        Hand(1);
        _clock.Advance(TimeSpan.FromSeconds(1.1));
        Hand(2);
        Assert.Null(_inbox.Take(10));
        _inbox.Clear();
        Assert.Equal([], _inbox.Take(10)!);
    }

    [Fact]
    public void A_lane_that_has_no_room_left_reads_what_it_missed()
    {
        var held = 0;
        while (Hand(++held))
        {
            Assert.InRange(held, 0, 100_000);
        }

        // Another lane has none either, until the first has taken some.
        var other = _inboxes.Open(8, 0);
        Assert.False(Hand(1, distribution: 8));
        Assert.Null(other.Take(1));
        Assert.Null(_inbox.Take(1));
        _inbox.Clear();
        other.Clear();
        Assert.True(Hand(1, distribution: 8));
        Assert.Single(other.Take(10)!);
    }

    [Fact]
    public void Lanes_elsewhere_and_messages_that_are_not_due_are_not_handed()
    {
        Assert.False(Hand(1, distribution: 9));
        Assert.False(Hand(1, delay: TimeSpan.FromSeconds(1)));
        _inboxes.Close(7, 0, _inbox);
        Assert.False(Hand(1));
    }

    private bool Hand(long number, int distribution = 7, TimeSpan delay = default) =>
        _inboxes.TryHand(new MessageInsert(distribution, number, 0, Ada.Number, 0, "email", Noon + delay, Noon), Ada, []);
}
