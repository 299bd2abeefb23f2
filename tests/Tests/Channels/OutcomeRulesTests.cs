using Marketing.Distributions;
using Marketing.Storage;
using Xunit;

namespace Marketing.Channels;

public sealed class OutcomeRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly DeliveryOutcome SlowDown = new DeliveryOutcome.TemporaryFailure("slow down", TimeSpan.FromMinutes(1), BurnsAttempt: false);

    private readonly ScriptedChannel _channel = new("email", pausesWhenExhausted: false) { DeferralLimit = TimeSpan.FromHours(24), Waits = [TimeSpan.FromMinutes(5)] };

    [Fact]
    public void A_receiver_that_asks_for_patience_for_ever_is_given_up_soon_after_the_limit()
    {
        var (now, attempts, asked) = (Noon, 0, 0);
        MessageMove move;
        do
        {
            move = Move(SlowDown, now, attempts);
            attempts += move.CountsAttempt ? 1 : 0;
            now = move.DueAt ?? now;
        }
        while (move.To == MessageStatus.Retrying && ++asked < 10_000);

        Assert.Equal((MessageStatus.Failed, "slow down", 2), (move.To, move.Reason, attempts));
        Assert.Equal(TimeSpan.FromHours(24) + TimeSpan.FromMinutes(5), now - Noon);
    }

    [Fact]
    public void Within_the_limit_being_put_off_costs_nothing()
    {
        var move = Move(SlowDown, Noon.AddHours(24).AddTicks(-1), attempts: 0);
        Assert.Equal((MessageStatus.Retrying, false, TimeSpan.FromMinutes(1)), (move.To, move.CountsAttempt, move.DueAt - move.At));
    }

    [Fact]
    public void After_the_limit_a_receiver_may_still_ask_for_a_longer_wait()
    {
        var late = new DeliveryOutcome.TemporaryFailure("busy", TimeSpan.FromHours(2), BurnsAttempt: false);
        var move = Move(late, Noon.AddDays(2), attempts: 0);
        Assert.Equal((MessageStatus.Retrying, true, TimeSpan.FromHours(2)), (move.To, move.CountsAttempt, move.DueAt - move.At));
    }

    [Theory]
    [InlineData("\U0001F600")]
    [InlineData("e\u0301\u0302")]
    [InlineData("\U0001F468\u200d\U0001F469\u200d\U0001F467")]
    public void A_long_reason_is_never_cut_inside_a_character(string character)
    {
        for (var before = 480; before <= 500; before++)
        {
            var reason = Move(new DeliveryOutcome.PermanentFailure(new string('x', before) + string.Concat(Enumerable.Repeat(character, 20))), Noon, 0).Reason!;
            var cut = reason.TrimStart('x');
            Assert.InRange(reason.Length, 500 - character.Length + 1, 500);
            Assert.Equal(string.Concat(Enumerable.Repeat(character, cut.Length / character.Length)), cut);
        }
    }

    [Theory]
    [InlineData(0, nameof(MessageStatus.Queued))]
    [InlineData(2, nameof(MessageStatus.Retrying))]
    public void What_is_called_back_is_what_it_was_and_due_when_it_was(int attempts, string before)
    {
        var move = Move(DeliveryOutcome.NotBegun.Instance, Noon, attempts);
        Assert.Equal((before, Noon, false, null), ($"{move.To}", move.DueAt, move.CountsAttempt, move.Reason));
    }

    private MessageMove Move(DeliveryOutcome outcome, DateTimeOffset now, int attempts)
    {
        var item = new DeliveryItem
        {
            Number = 1,
            Attempts = attempts,
            FailedBefore = attempts > 0,
            CreatedAt = Noon,
            Status = attempts > 0 ? MessageStatus.Retrying : MessageStatus.Queued,
            DueAt = now,
            Message = new OutboundMessage
            {
                MessageId = "msg_1",
                ProjectId = "proj_1",
                DistributionId = "distr_1",
                DistributionName = "Welcome",
                Channel = new ChannelDefinition { Type = "email" },
                Recipient = new Recipient("cust_1", "{}"u8.ToArray()),
                Trigger = new TriggerOccurrence { EventId = "evcus_1", Type = "customer.created", CreatedAt = Noon },
            },
        };
        var batch = new DeliveryBatch { Project = 1, Distribution = 1, Lane = 0, Epoch = 1, HandOff = 1, Messages = [item] };
        return OutcomeRules.Move(_channel, batch, item, outcome, now, TimeSpan.Zero);
    }
}
