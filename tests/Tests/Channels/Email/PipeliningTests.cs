using Marketing.Testing;
using Xunit;

namespace Marketing.Channels.Email;

/// <summary>Messages share a connection so closely that what happens to one could be taken for another's.</summary>
public sealed class PipeliningTests
{
    private const int Messages = 120;

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Each_message_gets_its_own_outcome_whatever_its_neighbours_got(bool pipelining, bool toNobody)
    {
        await using var email = EmailHarness.Start(
            new SmtpSinkOptions { Pipelining = pipelining, AllowsMessagesToNobody = toNobody }, ("MaxConnections", "1"), ("MessagesPerConnection", "50"));
        for (var i = 0; i < Messages; i++)
        {
            _ = (i % 7) switch
            {
                2 => email.Sink.Script.OnRecipient(Address(i), $"550 5.1.1 nobody {i}"),
                4 => email.Sink.Script.OnMessage(Address(i), $"554 5.7.1 spam {i}"),
                5 => email.Sink.Script.OnRecipient(Address(i), $"450 4.2.0 busy {i}"),
                _ => email.Sink.Script,
            };
        }

        var outcomes = await SendAsync(email);
        for (var i = 0; i < Messages; i++)
        {
            DeliveryOutcome expected = (i % 7) switch
            {
                2 => new DeliveryOutcome.PermanentFailure($"550 5.1.1 nobody {i}", SuppressAddress: true),
                4 => new DeliveryOutcome.PermanentFailure($"554 5.7.1 spam {i}"),
                5 => new DeliveryOutcome.TemporaryFailure($"450 4.2.0 busy {i}"),
                _ => new DeliveryOutcome.Sent("2.0.0 taken"),
            };
            Assert.Equal(expected, outcomes[i]);
        }

        var sent = Enumerable.Range(0, Messages).Where(i => outcomes[i] is DeliveryOutcome.Sent).Select(Address);
        Assert.Equal(sent, email.Sink.Received.Select(mail => mail.To.Single()));
        Assert.Equal(3, email.Sink.Connections);
    }

    [Fact]
    public async Task A_connection_that_breaks_leaves_one_message_in_doubt_and_none_lost_or_twice()
    {
        await using var email = EmailHarness.Start(null, ("MaxConnections", "1"));
        await email.ArrivesAsync(EmailHarness.Message(id: "first"));
        email.Sink.Script.DropAfterData(3);
        var outcomes = await SendAsync(email);

        var uncertain = Enumerable.Range(0, Messages).Where(i => outcomes[i] is DeliveryOutcome.TemporaryFailure { Reason: var reason }
            && reason.StartsWith("Uncertain", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, uncertain.Count);
        Assert.Equal(Messages - 3, outcomes.Count(outcome => outcome is DeliveryOutcome.Sent));
        Assert.Equal(["ada@example.com", .. Enumerable.Range(0, Messages).Select(Address)], email.Sink.Received.Select(mail => mail.To.Single()));
        Assert.Equal(4, email.Sink.Connections);
    }

    [Fact]
    public async Task A_server_that_ends_the_conversation_between_messages_delays_none()
    {
        await using var email = EmailHarness.Start(new SmtpSinkOptions { MessagesPerConnection = 7 }, ("MaxConnections", "1"));
        Assert.All(await SendAsync(email), outcome => Assert.IsType<DeliveryOutcome.Sent>(outcome));
        Assert.Equal(Enumerable.Range(0, Messages).Select(Address), email.Sink.Received.Select(mail => mail.To.Single()));
    }

    [Fact]
    public async Task A_message_behind_one_that_was_canceled_still_goes()
    {
        await using var email = EmailHarness.Start(null, ("MaxConnections", "1"));
        await email.ArrivesAsync(EmailHarness.Message());
        email.Sink.Script.Silent = true;
        using var cancel = new CancellationTokenSource();
        var canceled = email.Channels.DeliverAsync(EmailHarness.Message(Address(1)), cancel.Token);
        var behind = email.DeliverAsync(EmailHarness.Message(Address(2)));
        await email.Sink.WaitForAsync(2, TimeSpan.FromSeconds(20));
        email.Sink.Script.Silent = false;
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => canceled);
        Assert.IsType<DeliveryOutcome.Sent>(await behind);
        Assert.Equal(["ada@example.com", Address(1), Address(2)], email.Sink.Received.Select(mail => mail.To.Single()));
    }

    private static string Address(int i) => $"c{i}@example.com";

    // All at once, so that there is always one waiting behind the one being sent.
    private static Task<DeliveryOutcome[]> SendAsync(EmailHarness email) =>
        Task.WhenAll(Enumerable.Range(0, Messages).Select(i => email.DeliverAsync(EmailHarness.Message(Address(i), id: $"msg_{i}"))));
}
