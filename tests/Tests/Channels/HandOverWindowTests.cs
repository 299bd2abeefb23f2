using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Marketing.Channels;

public sealed class HandOverWindowTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void As_many_may_be_under_way_as_there_are_connections()
    {
        var window = new HandOverWindow(4, _clock);
        Assert.Equal(3, window.Ask(3).Room);
        Assert.Equal(1, window.Ask(3).Room);
        Assert.Null(window.Ask(1).Room);
    }

    [Fact]
    public void Room_is_given_in_the_order_it_was_asked_for()
    {
        var window = new HandOverWindow(4, _clock);
        window.Ask(4);
        var (first, second) = (window.Ask(200), window.Ask(1));
        window.Return(1);
        Assert.Equal((1, null), (first.Room, second.Room));
        window.Return(1);
        Assert.Equal(1, second.Room);
    }

    [Fact]
    public void Who_does_not_want_it_any_more_gives_back_what_was_granted_and_leaves_the_line()
    {
        var window = new HandOverWindow(4, _clock);
        var granted = window.Ask(4);
        var (waiting, behind) = (window.Ask(4), window.Ask(3));
        waiting.Withdraw();
        Assert.Null(behind.Room);
        granted.Withdraw();
        Assert.Equal(3, behind.Room);
        Assert.Equal(1, window.Ask(2).Room);
    }

    [Fact]
    public void A_quick_receiver_whose_connections_find_nothing_to_do_is_given_more()
    {
        var window = new HandOverWindow(16, _clock);
        window.Ask(16);
        var waiting = window.Ask(200);
        Pass(20);
        Idle(window, 1);
        Assert.Equal((32, 16), (window.Limit, waiting.Room));

        // At once only once: what was granted has to show first.
        window.Ask(200);
        Idle(window, 1);
        Assert.Equal(32, window.Limit);
    }

    [Fact]
    public void A_slow_receiver_is_not_and_neither_is_one_for_which_nothing_waits()
    {
        var window = new HandOverWindow(16, _clock);
        Pass(1_000);
        Idle(window, 1);
        Assert.Equal(16, window.Limit);

        var slow = new HandOverWindow(16, _clock);
        slow.Ask(16);
        slow.Ask(200);
        Idle(slow, 300);
        Assert.Equal(16, slow.Limit);
    }

    [Fact]
    public void A_receiver_that_becomes_slow_is_given_less_until_it_is_as_many_as_there_are_connections()
    {
        var window = new HandOverWindow(16, _clock);
        while (window.Limit < 512)
        {
            window.Ask(5_000);
            Pass(20);
            Idle(window, 1);
        }

        for (var waited = 0; waited < 20; waited++)
        {
            Pass(20);
            window.Waited(TimeSpan.FromMilliseconds(60));
        }

        Assert.Equal(16, window.Limit);
    }

    [Fact]
    public void The_quicker_the_receiver_the_larger_are_the_pieces()
    {
        var window = new HandOverWindow(16, _clock);
        window.Ask(16);
        var waiting = window.Ask(5_000);
        for (var limit = 16; limit < 1_024; limit *= 2)
        {
            Pass(20);
            Idle(window, 1);
            waiting = waiting.Room is not null ? window.Ask(5_000) : waiting;
        }

        // All is taken; room for 128 is worth a transaction here.
        window.Return(127);
        Assert.Null(waiting.Room);
        window.Return(1);
        Assert.Equal(128, waiting.Room);
    }

    [Fact]
    public void A_slow_receiver_that_refuses_some_at_once_is_still_a_slow_one()
    {
        var window = new HandOverWindow(16, _clock);
        window.Ask(16);
        window.Ask(200);
        foreach (var took in (int[])[2_000, 500, 1_500, 900, 2_500])
        {
            Idle(window, took);
        }

        Pass(1_000);
        Idle(window, 1);
        Assert.Equal(16, window.Limit);
    }

    private static void Idle(HandOverWindow window, int took)
    {
        window.Took(TimeSpan.FromMilliseconds(took));
        window.Idle();
    }

    private void Pass(int milliseconds) => _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
}
