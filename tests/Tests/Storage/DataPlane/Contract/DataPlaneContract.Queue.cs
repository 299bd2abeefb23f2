using CsCheck;
using Marketing.Distributions;
using Xunit;

namespace Marketing.Storage.DataPlane;

public abstract partial class DataPlaneContract
{
    [Fact]
    public async Task Late_writes_of_an_earlier_lane_owner_are_refused()
    {
        var distribution = Any.Number();
        var message = Plane.Message(distribution, 1);
        await Plane.CommitAsync(commit => commit.Messages.Add(message));
        var zombie = await Plane.Queue.ClaimLaneAsync(distribution, 0);
        await MoveAsync(zombie, message.Move(MessageStatus.Queued, MessageStatus.Sending, zombie));
        var owner = await Plane.Queue.ClaimLaneAsync(distribution, 0);

        Assert.True(owner > zombie);
        Assert.IsType<Guard.Lane>((await MoveAsync(zombie, message.Move(MessageStatus.Sending, MessageStatus.Sent, zombie))).RefusedBy);
        Assert.Equal(0, await Plane.Queue.RecoverLaneAsync(new LaneFence(distribution, 0, zombie), false, Any.Noon));
        Assert.Equal(1, await Plane.Queue.RecoverLaneAsync(new LaneFence(distribution, 0, owner), false, Any.Noon));

        var counts = (await Plane.Distributions.CountsAsync(distribution))["email"];
        Assert.Equal(new MessageCounts { Audience = 1, Retrying = 1, Uncertain = 1 }, counts);

        Task<CommitOutcome> MoveAsync(long epoch, MessageMove move) => Plane.CommitAsync(commit =>
        {
            commit.Fence = new LaneFence(distribution, 0, epoch);
            commit.Moves.Add(move);
        });
    }

    [Fact]
    public async Task A_repeated_move_has_no_effect_and_moves_no_counter()
    {
        var distribution = Any.Number();
        var message = Plane.Message(distribution, 1);
        await Plane.CommitAsync(commit => commit.Messages.Add(message));
        for (var time = 0; time < 2; time++)
        {
            await Plane.CommitAsync(commit => commit.Messages.Add(message with { Number = message.Number + 1 }));
            await Plane.CommitAsync(commit => commit.Moves.Add(message.Move(MessageStatus.Queued, MessageStatus.Sending)));
            await Plane.CommitAsync(commit => commit.Moves.Add(message.Move(MessageStatus.Sending, MessageStatus.Sent, epoch: 2)));
        }

        Assert.Equal(new MessageCounts { Audience = 1, Sending = 1 }, (await Plane.Distributions.CountsAsync(distribution))["email"]);
    }

    [Fact]
    public async Task A_repeated_snapshot_owes_each_member_once_per_channel()
    {
        var (segment, distribution) = (Any.Number(), Any.Number());
        await Plane.Segments.AddMembersAsync(segment, [.. Enumerable.Range(1, 250).Select(number => (long)number)]);

        for (var time = 0; time < 2; time++)
        {
            for (long? last = 0; last is not null;)
            {
                last = await Plane.Queue.SnapshotAsync(new AudienceChunk
                {
                    Project = Plane.Project,
                    Distribution = distribution,
                    Segment = segment,
                    AfterCustomer = last.Value,
                    Limit = 100,
                    Channels = ["email", "webhook"],
                    Occurrence = 0,
                    Lanes = 4,
                    DueAt = Any.Noon,
                    Now = Any.Noon,
                });
                Assert.True(last is null or 100 or 200 or 250);
            }
        }

        var counts = await Plane.Distributions.CountsAsync(distribution);
        Assert.Equal(new MessageCounts { Audience = 250, Queued = 250 }, counts["email"]);
        Assert.Equal(new MessageCounts { Audience = 250, Queued = 250 }, counts["webhook"]);
        var taken = new List<DueMessage>();
        for (var lane = 0; lane < 4; lane++)
        {
            taken.AddRange(await Plane.Queue.TakeAsync(distribution, lane, Any.Noon, 1_000));
        }

        Assert.Equal(500, taken.Select(message => message.Number).Distinct().Count());
        Assert.Equal([0, 1, 2, 3], (await Plane.Queue.DueLanesAsync(Any.Noon)).Where(due => due.Distribution == distribution).Select(due => due.Lane));
    }

    [Fact]
    public async Task Messages_are_taken_when_due_in_order_with_customer_and_trigger()
    {
        var distribution = Any.Number();
        var customer = await Plane.StoredCustomerAsync();
        var entry = Plane.Entry(customer.Number);
        var late = Plane.Message(distribution, customer.Number, entry.Number) with { DueAt = Any.Noon.AddMinutes(2) };
        var early = Plane.Message(distribution, customer.Number) with { DueAt = Any.Noon.AddMinutes(1) };
        var future = Plane.Message(distribution, customer.Number, -1) with { DueAt = Any.Noon.AddMinutes(3) };
        Assert.Null(await Plane.Queue.NextDueAsync(distribution, 0));
        Assert.False(await Plane.Queue.HasPendingAsync(distribution));
        await Plane.CommitAsync(commit =>
        {
            commit.Activity.Add(entry);
            commit.Messages.AddRange([late, early, future]);
        });

        var due = await Plane.Queue.TakeAsync(distribution, 0, Any.Noon.AddMinutes(2), 10);

        Assert.Equal([early.Number, late.Number], due.Select(message => message.Number));
        Assert.All(due, message => Assert.Equal(customer.Id, message.CustomerId));
        Assert.Equal(customer.Document, due[0].CustomerDocument);
        Assert.Null(due[0].Trigger);
        Assert.Equal(entry.Number, due[1].Trigger!.Number);
        Assert.Equal(early.Number, Assert.Single(await Plane.Queue.TakeAsync(distribution, 0, Any.Noon.AddMinutes(2), 1)).Number);
        Assert.Equal(early.DueAt, await Plane.Queue.NextDueAsync(distribution, 0));
        Assert.True(await Plane.Queue.HasPendingAsync(distribution));
        Assert.DoesNotContain(await Plane.Queue.DueLanesAsync(Any.Noon), lane => lane.Distribution == distribution);
        Assert.Contains((Plane.Project, distribution, 0), await Plane.Queue.DueLanesAsync(early.DueAt));
    }

    [Fact]
    public async Task A_message_being_handed_over_keeps_its_lane_due_and_its_distribution_pending()
    {
        var distribution = Any.Number();
        var message = Plane.Message(distribution, 1, lane: 3) with { DueAt = Any.Noon };
        await Plane.CommitAsync(commit => commit.Messages.Add(message));
        await Plane.CommitAsync(commit => commit.Moves.Add(message.Move(MessageStatus.Queued, MessageStatus.Sending)));

        Assert.Contains((Plane.Project, distribution, 3), await Plane.Queue.DueLanesAsync(Any.Noon));
        Assert.True(await Plane.Queue.HasPendingAsync(distribution));

        await Plane.CommitAsync(commit => commit.Moves.Add(message.Move(MessageStatus.Sending, MessageStatus.Sent)));
        Assert.False(await Plane.Queue.HasPendingAsync(distribution));
    }

    [Fact]
    public async Task Lanes_are_known_that_were_claimed_or_in_which_messages_wait()
    {
        var distribution = Any.Number();
        Assert.Empty(await Plane.Queue.LanesAsync(distribution));
        await Plane.Queue.ClaimLaneAsync(distribution, 3);
        await Plane.Queue.ClaimLaneAsync(distribution, 17);
        await Plane.Queue.ClaimLaneAsync(distribution + 1, 5);
        foreach (var lane in (int[])[0, 3, 9])
        {
            await Plane.CommitAsync(commit => commit.Messages.Add(Plane.Message(distribution, lane + 1, lane: lane)));
        }

        Assert.Equal([0, 3, 9, 17], (await Plane.Queue.LanesAsync(distribution)).Order());
    }

    [Fact]
    public async Task A_distribution_is_deleted_in_parts_until_nothing_is_left_of_it()
    {
        var distribution = Any.Number();
        var finished = Enumerable.Range(1, 4).Select(customer => Plane.Message(distribution, customer)).ToArray();
        foreach (var message in finished)
        {
            await Plane.CommitAsync(commit => commit.Messages.Add(message));
            await Plane.CommitAsync(commit => commit.Moves.Add(message.Move(MessageStatus.Queued, MessageStatus.Sending)));
            await Plane.CommitAsync(commit => commit.Moves.Add(message.Move(MessageStatus.Sending, MessageStatus.Sent)));
        }

        for (var customer = 5; customer < 9; customer++)
        {
            await Plane.CommitAsync(commit => commit.Messages.Add(Plane.Message(distribution, customer)));
        }

        await Plane.Queue.DeleteAsync(distribution, 3);
        Assert.True(await Plane.Queue.HasPendingAsync(distribution));
        while (await Plane.Queue.DeleteAsync(distribution, 3) > 0)
        {
        }

        Assert.False(await Plane.Queue.HasPendingAsync(distribution));
        Assert.Empty((await Plane.Distributions.MessagesAsync(distribution, new() { Limit = 10 }, Token)).Items);
        Assert.Empty(await Plane.Distributions.CountsAsync(distribution));
    }

    [Fact]
    public async Task Every_message_is_counted_in_exactly_one_state_whatever_happens() =>
        await Gen.Int[0, 9].Select(Gen.Int[0, 11], Gen.Int[0, 6], Gen.Bool).Array[1, 60].SampleAsync(CountsAddUpAsync, iter: 40, threads: 1);

    private async Task CountsAddUpAsync((int Action, int Which, int State, bool Flag)[] steps)
    {
        var distribution = Any.Number();
        var messages = Enumerable.Range(0, 12).Select(index => Plane.Message(distribution, index + 1, channel: index % 3 == 0 ? "webhook" : "email")).ToArray();
        var owner = await Plane.Queue.ClaimLaneAsync(distribution, 0);
        var at = Any.Noon;
        foreach (var (action, which, state, flag) in steps)
        {
            at = at.AddMinutes(7);
            switch (action)
            {
                case 0:
                    await Plane.CommitAsync(commit => commit.Messages.AddRange(messages[..which]));
                    break;
                case 1:
                    owner = await Plane.Queue.ClaimLaneAsync(distribution, 0);
                    await Plane.Queue.RecoverLaneAsync(new LaneFence(distribution, 0, owner), flag, at);
                    break;
                case 2:
                    await Plane.Queue.CancelAsync(distribution, which, at);
                    break;
                case 3:
                    await Plane.Queue.RequeueFailedAsync(distribution, flag ? null : [messages[which].Number], which, at);
                    break;
                default:
                    var from = action < 7 ? MessageStatus.Sending : (MessageStatus)(which % 3);
                    await Plane.CommitAsync(commit =>
                    {
                        commit.Fence = new LaneFence(distribution, 0, owner);
                        commit.Moves.AddRange(messages.Skip(which % 5).Take(4).Select(message =>
                            message.Move(from, action < 7 ? (MessageStatus)Math.Max(state, 1) : MessageStatus.Sending, owner, at) with { Recovered = flag }));
                    });
                    break;
            }

            await AssertCountsAsync(distribution);
        }
    }

    private async Task AssertCountsAsync(int distribution)
    {
        var counts = await Plane.Distributions.CountsAsync(distribution);
        var listed = new List<Message>();
        for (string? after = null; ;)
        {
            var page = await Plane.Distributions.MessagesAsync(distribution, new() { Limit = 5, StartingAfterId = after }, Token);
            listed.AddRange(page.Items);
            if (!page.HasMore)
            {
                break;
            }

            after = page.Items[^1].Id;
        }

        foreach (var (channel, count) in counts)
        {
            var rows = listed.Where(message => message.Channel == channel).ToLookup(message => message.Status);
            Assert.Equal(
                count with { Recovered = 0 },
                new MessageCounts
                {
                    Audience = listed.Count(message => message.Channel == channel),
                    Queued = rows["queued"].Count(),
                    Retrying = rows["retrying"].Count(),
                    Sending = rows["sending"].Count(),
                    Sent = rows["sent"].Count(),
                    Failed = rows["failed"].Count(),
                    Skipped = rows["skipped"].Count(),
                    Canceled = rows["canceled"].Count(),
                    Uncertain = listed.Count(message => message.Channel == channel && message.Uncertain),
                });
            Assert.Equal(
                count.Audience, count.Queued + count.Retrying + count.Sending + count.Sent + count.Failed + count.Skipped + count.Canceled);
        }

        Assert.Equal(listed.Any(message => message.Status is "queued" or "retrying" or "sending"), await Plane.Queue.HasPendingAsync(distribution));
    }
}
