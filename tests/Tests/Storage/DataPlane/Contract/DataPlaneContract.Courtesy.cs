using Marketing.Distributions.Courtesies;
using Marketing.Projects;
using Xunit;

namespace Marketing.Storage.DataPlane;

public abstract partial class DataPlaneContract
{
    private const int Callers = 64;

    [Fact]
    public async Task Sixty_four_callers_give_a_customer_no_more_than_a_cap_allows()
    {
        await using var other = await OtherAsync();
        var (customer, distribution) = ((await Plane.StoredCustomerAsync()).Number, Any.Number());
        FrequencyCap[] caps = [new("email", 5, TimeSpan.FromDays(1)), new(null, 9, TimeSpan.FromDays(7))];

        // Made before: making a row waits, and so many that wait at once keep the others from going on.
        var messages = Enumerable.Range(0, Callers).Select(caller => Plane.Message(distribution, customer, occurrence: caller)).ToArray();
        var marked = await AllAsync(other, async (plane, caller) =>
        {
            var message = messages[caller];
            await plane.CommitAsync(commit => commit.Messages.Add(message));
            while (true)
            {
                var known = (await new FrequencyCaps(plane.Courtesy).ReadAsync(caps, [("email", customer)], Any.Noon))!;
                if (known.IsReached("email", customer, distribution, message.Number))
                {
                    return false;
                }

                known.Note("email", customer, distribution, message.Number);
                var outcome = await plane.CommitAsync(commit =>
                {
                    commit.Contacts = known.Writes(distribution, [("email", customer, message.Number)]);
                    commit.Moves.Add(message.Move(MessageStatus.Queued, MessageStatus.Sending));
                });
                if (outcome.IsDurable)
                {
                    return true;
                }

                Assert.Equal(new Guard.Version("contacts", customer), outcome.RefusedBy);
            }
        });

        Assert.Equal(5, marked);
        Assert.Equal(5, (await Plane.Distributions.CountsAsync(distribution))["email"].Sending);
    }

    [Fact]
    public async Task What_was_not_handed_over_is_told_from_what_was_or_may_have_been()
    {
        var distribution = Any.Number();
        var messages = Enumerable.Range(1, 6).Select(customer => Plane.Message(distribution, customer)).ToArray();
        await Plane.CommitAsync(commit => commit.Messages.AddRange(messages));
        var (queued, sending, sent, failed, retried, recalled) = (messages[0], messages[1], messages[2], messages[3], messages[4], messages[5]);
        await Plane.MoveAsync(messages[1..].Select(message => message.Move(MessageStatus.Queued, MessageStatus.Sending)));
        await Plane.MoveAsync(
            sent.Move(MessageStatus.Sending, MessageStatus.Sent), failed.Move(MessageStatus.Sending, MessageStatus.Failed), retried.Move(MessageStatus.Sending, MessageStatus.Retrying),
            recalled.Move(MessageStatus.Sending, MessageStatus.Queued));

        (int, long)[] all = [.. messages.Select(message => (distribution, message.Number)), (distribution, Plane.Next(NumberSequence.Messages)), (Any.Number(), queued.Number)];
        var waiting = await Plane.Courtesy.NotHandedOverAsync(all);
        Assert.Equal(new[] { queued, failed, retried, recalled }.Select(message => message.Number).Order(), waiting.Select(message => message.Number).Order());

        // What a crash interrupted may have arrived.
        await Plane.Queue.ClaimLaneAsync(distribution, 0);
        var epoch = await Plane.Queue.ClaimLaneAsync(distribution, 0);
        Assert.Equal(1, await Plane.Queue.RecoverLaneAsync(new LaneFence(distribution, 0, epoch), false, Any.Noon));
        Assert.DoesNotContain((distribution, sending.Number), await Plane.Courtesy.NotHandedOverAsync(all));
    }

    [Fact]
    public async Task Sixty_four_callers_give_each_address_to_one_message()
    {
        const int Addresses = 8;
        await using var other = await OtherAsync();
        var distribution = Any.Number();
        var given = await AllAsync(other, async (plane, caller) =>
        {
            var outcome = await plane.CommitAsync(commit => commit.Addresses =
                [new AddressClaim(distribution, $"a{caller % Addresses}", caller), new AddressClaim(distribution, $"own{caller}", caller)]);
            Assert.True(outcome.RefusedBy is null or Guard.Unique { Table: "message_addresses" });
            return outcome.IsDurable;
        });

        Assert.Equal(Addresses, given);
        var holders = await Plane.Courtesy.HoldersAsync(distribution, [.. Enumerable.Range(0, Callers).SelectMany(caller => new[] { $"a{caller}", $"own{caller}" })]);
        Assert.Equal(2 * Addresses, holders.Count);
        Assert.All(Enumerable.Range(0, Addresses), address => Assert.Equal(holders[$"a{address}"], holders[$"own{holders[$"a{address}"]}"]));

        // Who has it is given it again.
        Assert.True((await Plane.CommitAsync(commit => commit.Addresses = [new AddressClaim(distribution, "a0", holders["a0"])])).IsDurable);
        await Plane.CommitAsync(commit => commit.Messages.Add(Plane.Message(distribution, 1)));
        await PartsAsync(() => Plane.Queue.DeleteAsync(distribution, 5));
        Assert.Empty(await Plane.Courtesy.HoldersAsync(distribution, ["a0"]));
    }

    [Fact]
    public async Task Sixty_four_callers_take_no_more_messages_than_the_account_has_and_those_that_come_back_are_there_again()
    {
        await using var other = await OtherAsync();
        var project = Any.Number();
        var taken = await AllAsync(other, TakeAsync);
        Assert.Equal(10, taken);

        var back = new Commit { Project = project };
        await MessageAccounts.ReturnAsync(Plane.Numbers, ["messages/total"], 3, Any.Noon, back);
        Assert.True((await Plane.Committer.CommitAsync(back)).IsDurable);
        Assert.Equal(3, await AllAsync(other, TakeAsync));

        async Task<bool> TakeAsync(Plane plane, int caller)
        {
            var commit = new Commit { Project = project };
            var limits = new AccountLimits(plane.Balances, plane.Numbers, null!, TimeProvider.System);
            await limits.TakeAsync(MessagePlans.Trial, 1, Any.Noon, commit);
            var outcome = await plane.Committer.CommitAsync(commit);
            Assert.True(outcome.RefusedBy is null or Guard.Balance);
            return outcome.IsDurable;
        }
    }

    [Fact]
    public async Task What_is_known_of_a_customer_goes_with_the_customer()
    {
        var customer = await Plane.StoredCustomerAsync();
        await Plane.CommitAsync(commit => commit.Contacts = [new ContactWrite(customer.Number, "email", 0, [1]), new ContactWrite(customer.Number, "sms", 0, [2])]);
        Assert.IsType<Guard.Version>((await Plane.CommitAsync(commit => commit.Contacts = [new ContactWrite(customer.Number, "email", 0, [3])])).RefusedBy);
        Assert.True((await Plane.CommitAsync(commit => commit.Contacts = [new ContactWrite(customer.Number, "email", 1, [3])])).IsDurable);
        Assert.Equal([("email", 2L, 3), ("sms", 1L, 2)], (await Plane.Courtesy.ContactsAsync([customer.Number])).OrderBy(row => row.Channel).Select(row => (row.Channel, row.Version, (int)row.Messages[0])));

        await Plane.CommitAsync(commit => commit.Removal = new CustomerRemoval(customer.Number, 1, []));
        Assert.Empty(await Plane.Courtesy.ContactsAsync([customer.Number]));

        // Whoever decided before it happened passes, and leaves nothing behind.
        Assert.True((await Plane.CommitAsync(commit => commit.Contacts = [new ContactWrite(customer.Number, "email", 0, [4])])).IsDurable);
        Assert.Empty(await Plane.Courtesy.ContactsAsync([customer.Number]));
    }

    [Fact]
    public async Task What_was_answered_about_a_customer_goes_with_the_customer()
    {
        var distribution = Any.Number();
        var (erased, other) = (await Plane.StoredCustomerAsync(), await Plane.StoredCustomerAsync());
        MessageInsert[] messages = [Plane.Message(distribution, erased.Number, 1), Plane.Message(distribution, erased.Number, 2), Plane.Message(distribution, other.Number, 1)];
        await Plane.CommitAsync(commit => commit.Messages.AddRange(messages));
        await Plane.MoveAsync(messages.Select(message => message.Move(MessageStatus.Queued, MessageStatus.Sending)));
        await Plane.MoveAsync(messages.Select(message =>
            message.Move(MessageStatus.Sending, MessageStatus.Retrying) with { Attempt = new AttemptNote(Any.Noon, TimeSpan.Zero) { Answer = "550 no such user" } }));

        Assert.True((await Plane.CommitAsync(commit => commit.Removal = new CustomerRemoval(erased.Number, 1, []))).IsDurable);
        Assert.Empty(await Plane.Evidence.AttemptsAsync(distribution, messages[0].Number));
        Assert.Empty(await Plane.Evidence.AttemptsAsync(distribution, messages[1].Number));
        Assert.Single(await Plane.Evidence.AttemptsAsync(distribution, messages[2].Number));
    }

    [Fact]
    public async Task Addresses_are_forgotten_in_parts_after_the_last_message()
    {
        var distribution = Any.Number();
        await Plane.Distributions.SaveAsync(Any.Distribution(distribution), null);
        var message = Plane.Message(distribution, 1);
        string[] addresses = [.. Enumerable.Range(0, 7).Select(address => $"a{address}")];
        await Plane.CommitAsync(commit =>
        {
            commit.Messages.Add(message);
            commit.Addresses = [.. addresses.Select(address => new AddressClaim(distribution, address, message.Number))];
        });
        await Plane.MoveAsync(message.Move(MessageStatus.Queued, MessageStatus.Sending));
        Assert.Equal(0, await Plane.Retention.DeleteMessagesAsync(distribution, Any.Noon.AddDays(1), 3));
        Assert.Equal(addresses.Length, (await Plane.Courtesy.HoldersAsync(distribution, addresses)).Count);

        await Plane.MoveAsync(message.Move(MessageStatus.Sending, MessageStatus.Sent));
        await Plane.Retention.DeleteMessagesAsync(distribution, Any.Noon.AddDays(1), 3);
        Assert.NotEmpty(await Plane.Courtesy.HoldersAsync(distribution, addresses));

        // Interrupted here, it is found again.
        Assert.Contains(distribution, await Plane.Retention.DistributionsWithMessagesAsync(Any.Noon.AddDays(1)));
        Assert.InRange((await PartsAsync(() => Plane.Retention.DeleteMessagesAsync(distribution, Any.Noon.AddDays(1), 3))).Count, 3, 5);
        Assert.Empty(await Plane.Courtesy.HoldersAsync(distribution, addresses));
        Assert.DoesNotContain(distribution, await Plane.Retention.DistributionsWithMessagesAsync(Any.Noon.AddDays(1)));
    }

    [Fact]
    public async Task Attempts_are_kept_with_their_message_and_go_with_it()
    {
        var distribution = Any.Number();
        await Plane.Distributions.SaveAsync(Any.Distribution(distribution), null);
        var message = Plane.Message(distribution, 1);
        await Plane.CommitAsync(commit => commit.Messages.Add(message));
        var first = new AttemptNote(Any.Noon, TimeSpan.FromMilliseconds(12)) { Answer = "HTTP 500" };
        await Plane.MoveAsync(message.Move(MessageStatus.Queued, MessageStatus.Sending));
        await Plane.MoveAsync(message.Move(MessageStatus.Sending, MessageStatus.Retrying) with { Attempt = first });

        // A move that has no effect leaves nothing.
        await Plane.MoveAsync(message.Move(MessageStatus.Sending, MessageStatus.Retrying) with { Attempt = first });
        await Plane.MoveAsync(message.Move(MessageStatus.Retrying, MessageStatus.Sending));
        await Plane.MoveAsync(message.Move(MessageStatus.Sending, MessageStatus.Sent) with { Attempt = new AttemptNote(Any.Noon.AddMinutes(1), TimeSpan.Zero) });

        var attempts = await Plane.Evidence.AttemptsAsync(distribution, message.Number);
        Assert.Equal(
            [(Any.Noon, 12.0, MessageStatus.Retrying, "HTTP 500"), (Any.Noon.AddMinutes(1), 0.0, MessageStatus.Sent, null)],
            attempts.Select(attempt => (attempt.Began, attempt.Took.TotalMilliseconds, attempt.Became, attempt.Answer)));
        await PartsAsync(() => Plane.Retention.DeleteMessagesAsync(distribution, Any.Noon.AddDays(1), 10));
        Assert.Empty(await Plane.Evidence.AttemptsAsync(distribution, message.Number));
    }

    /// <summary>The data plane as another silo has it; null where there is one process.</summary>
    private protected virtual Task<Plane?> OtherAsync() => Task.FromResult<Plane?>(null);

    private async Task<int> AllAsync(Plane? other, Func<Plane, int, Task<bool>> call) =>
        (await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => call(caller % 2 == 0 ? Plane : other ?? Plane, caller))))).Count(static passed => passed);
}
