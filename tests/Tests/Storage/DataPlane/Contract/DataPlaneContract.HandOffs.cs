using Xunit;

namespace Marketing.Storage.DataPlane;

/// <summary>Batches of messages between being taken and having an outcome.</summary>
public abstract partial class DataPlaneContract
{
    private const long Batch = 7;

    [Fact]
    public async Task Who_marks_messages_learns_which_of_them_were_there_to_be_marked()
    {
        var (lane, messages) = await HandedOverAsync(2);
        var late = Plane.Message(lane.Distribution, 99);
        await Plane.CommitAsync(commit => commit.Messages.Add(late));

        var commit = new Commit { Project = Plane.Project, Fence = lane, Moved = [] };
        commit.Moves.AddRange(messages.Append(late).Select(message => Begin(message, lane, Batch + 1)));
        Assert.Equal(CommitOutcome.Durable, await Plane.CommitPlacedAsync(commit));
        Assert.Equal([late.Number], commit.Moved);
    }

    [Fact]
    public async Task What_has_an_outcome_is_not_taken_up_again_while_the_rest_of_its_batch_is_out()
    {
        var (lane, messages) = await HandedOverAsync(4);
        await OutcomesAsync(lane, (messages[0], MessageStatus.Sent), (messages[1], MessageStatus.Retrying), (messages[2], MessageStatus.Failed));

        // Two may be taken again, one of them because somebody asked for it; one is still out, and only that becomes uncertain.
        Assert.Equal(1, await Plane.Queue.RequeueFailedAsync(lane.Distribution, null, 10, Any.Noon));
        Assert.Equal(
            messages[1..3].Select(message => message.Number),
            (await Plane.Queue.TakeAsync(lane.Distribution, 0, Any.Noon, 10)).Select(message => message.Number).Order());
        Assert.Equal(Any.Noon, await Plane.Queue.NextDueAsync(lane.Distribution, 0));

        var next = new LaneFence(lane.Distribution, 0, await Plane.Queue.ClaimLaneAsync(lane.Distribution, 0));
        Assert.Equal(1, await Plane.Queue.RecoverLaneAsync(next, hold: true, Any.Noon));
        var page = await Plane.Distributions.MessagesAsync(lane.Distribution, new() { Limit = 10 }, Token);
        Assert.Equal(["failed", "queued", "retrying", "sent"], page.Items.Select(message => message.Status));
        Assert.Equal([true, false, false, false], page.Items.Select(message => message.Uncertain));
    }

    [Fact]
    public async Task Messages_that_are_out_are_neither_due_nor_cancelled_and_listed_as_sending()
    {
        var (lane, messages) = await HandedOverAsync(2);
        var waiting = Plane.Message(lane.Distribution, 99);
        await Plane.CommitAsync(commit => commit.Messages.Add(waiting));

        Assert.Equal([waiting.Number], (await Plane.Queue.TakeAsync(lane.Distribution, 0, Any.Noon, 10)).Select(message => message.Number));
        Assert.Equal(["sending", "sending"], await StatesAsync("sending"));
        Assert.Equal(["queued"], await StatesAsync("queued"));
        Assert.Equal(1, await Plane.Queue.CancelAsync(lane.Distribution, 10, Any.Noon));
        Assert.Null(await Plane.Queue.NextDueAsync(lane.Distribution, 0));
        Assert.True(await Plane.Queue.HasPendingAsync(lane.Distribution));

        await OutcomesAsync(lane, (messages[0], MessageStatus.Sent), (messages[1], MessageStatus.Sent));
        Assert.False(await Plane.Queue.HasPendingAsync(lane.Distribution));
        Assert.Equal([], await StatesAsync("sending"));
        Assert.Equal(0, await Plane.Queue.RecoverLaneAsync(lane with { Epoch = await Plane.Queue.ClaimLaneAsync(lane.Distribution, 0) }, false, Any.Noon));

        async Task<IEnumerable<string>> StatesAsync(string status) =>
            (await Plane.Distributions.MessagesAsync(lane.Distribution, new() { Limit = 10, Status = status }, Token)).Items.Select(message => message.Status);
    }

    [Fact]
    public async Task A_lane_whose_messages_are_out_is_not_taken_from_the_silo_that_has_it_before_they_are_settled()
    {
        var (lane, messages) = await HandedOverAsync(2);
        var other = LaneClaims.Silo(2);
        Assert.Equal(new LaneClaim(null, LaneClaims.Gone), await Plane.Queue.ClaimLaneAsync(lane.Distribution, 0, other, insteadOf: null));
        Assert.True(await Plane.Queue.HandsOverAsync(lane.Distribution, 0));

        await OutcomesAsync(lane, (messages[0], MessageStatus.Sent));
        Assert.Null((await Plane.Queue.ClaimLaneAsync(lane.Distribution, 0, other, LaneClaims.Silo(3))).Epoch);

        // What was called back is settled too.
        await OutcomesAsync(lane, (messages[1], MessageStatus.Queued));
        Assert.False(await Plane.Queue.HandsOverAsync(lane.Distribution, 0));
        Assert.Equal(new LaneClaim(lane.Epoch + 1, LaneClaims.Gone), await Plane.Queue.ClaimLaneAsync(lane.Distribution, 0, other, insteadOf: null));
        Assert.Equal([messages[1].Number], (await Plane.Queue.TakeAsync(lane.Distribution, 0, Any.Noon, 10)).Select(message => message.Number));
        Assert.Equal(0, await Plane.Queue.RecoverLaneAsync(lane with { Epoch = lane.Epoch + 1 }, hold: false, Any.Noon));
    }

    [Fact]
    public async Task A_lane_whose_messages_are_out_is_taken_in_the_place_of_a_silo_that_is_gone()
    {
        var (lane, _) = await HandedOverAsync(2);
        var other = LaneClaims.Silo(2);
        Assert.Equal(lane.Epoch + 1, (await Plane.Queue.ClaimLaneAsync(lane.Distribution, 0, other, LaneClaims.Gone)).Epoch);

        // And again by itself, as after an outage.
        Assert.Equal(lane.Epoch + 2, (await Plane.Queue.ClaimLaneAsync(lane.Distribution, 0, other, insteadOf: null)).Epoch);
        Assert.Equal(2, await Plane.Queue.RecoverLaneAsync(lane with { Epoch = lane.Epoch + 2 }, hold: false, Any.Noon));
    }

    [Fact]
    public async Task A_message_that_is_put_off_waits_for_its_new_time_however_often()
    {
        var distribution = Any.Number();
        var message = Plane.Message(distribution, 1) with { Occurrence = -8 };
        await Plane.CommitAsync(commit => commit.Messages.Add(message));
        var lane = new LaneFence(distribution, 0, await Plane.Queue.ClaimLaneAsync(distribution, 0));
        await PutOffAsync(MessageStatus.Queued, MessageStatus.Retrying, Any.Noon.AddDays(1));
        Assert.Equal(new() { Audience = 1, Retrying = 1 }, (await Plane.Distributions.CountsAsync(distribution))["email"]);
        await PutOffAsync(MessageStatus.Retrying, MessageStatus.Queued, Any.Noon.AddDays(2));
        Assert.Equal(new() { Audience = 1, Queued = 1 }, (await Plane.Distributions.CountsAsync(distribution))["email"]);

        var due = Assert.Single(await Plane.Queue.TakeAsync(distribution, 0, Any.Noon.AddDays(2), 10));
        Assert.Equal((MessageStatus.Queued, 0, -8L, false), (due.Status, due.Attempts, due.Occurrence, due.FailedBefore));
        Assert.Null(due.Trigger);

        async Task PutOffAsync(MessageStatus from, MessageStatus to, DateTimeOffset until)
        {
            var taken = Assert.Single(await Plane.Queue.TakeAsync(distribution, 0, until.AddDays(-1), 10));
            var commit = new Commit { Project = Plane.Project, Fence = lane };
            commit.Moves.Add(message.Move(from, to, lane.Epoch) with { Batch = taken.Batch, DueAt = until, CountsAttempt = false });
            Assert.Equal(CommitOutcome.Durable, await Plane.Committer.CommitAsync(commit));
            Assert.Empty(await Plane.Queue.TakeAsync(distribution, 0, until.AddDays(-1), 10));
            Assert.Equal(until, await Plane.Queue.NextDueAsync(distribution, 0));
        }
    }

    private async Task<(LaneFence Lane, List<MessageInsert> Messages)> HandedOverAsync(int count)
    {
        var distribution = Any.Number();
        List<MessageInsert> messages = [.. Enumerable.Range(1, count).Select(customer => Plane.Message(distribution, customer))];
        await Plane.CommitAsync(commit => commit.Messages.AddRange(messages));
        var lane = new LaneFence(distribution, 0, await Plane.Queue.ClaimLaneAsync(distribution, 0));
        await Plane.CommitAsync(commit =>
        {
            commit.Fence = lane;
            commit.Moves.AddRange(messages.Select(message => Begin(message, lane, Batch)));
        });
        return (lane, messages);
    }

    private Task<CommitOutcome> OutcomesAsync(LaneFence lane, params (MessageInsert Message, MessageStatus To)[] outcomes) =>
        Plane.CommitAsync(commit =>
        {
            commit.Fence = lane;
            commit.Moves.AddRange(outcomes.Select(outcome =>
                outcome.Message.Move(MessageStatus.Sending, outcome.To, lane.Epoch) with { HandOff = Batch }));
        });

    private static MessageMove Begin(MessageInsert message, LaneFence lane, long batch) =>
        message.Move(MessageStatus.Queued, MessageStatus.Sending, lane.Epoch) with { HandOff = batch };
}
