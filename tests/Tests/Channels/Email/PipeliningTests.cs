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
    public async Task A_message_behind_one_that_the_server_never_answers_still_goes()
    {
        await using var email = EmailHarness.Start(null, ("MaxConnections", "1"), ("Timeout", "00:00:01"));
        await email.ArrivesAsync(EmailHarness.Message());
        email.Sink.Script.Silence(times: 1);
        var unanswered = email.DeliverAsync(EmailHarness.Message(Address(1)));
        var behind = email.DeliverAsync(EmailHarness.Message(Address(2)));

        Assert.IsType<DeliveryOutcome.TemporaryFailure>(await unanswered);
        Assert.IsType<DeliveryOutcome.Sent>(await behind);
        Assert.Equal(["ada@example.com", Address(1), Address(2)], email.Sink.Received.Select(mail => mail.To.Single()));
    }

    [Fact]
    public async Task A_message_that_waits_for_a_connection_is_called_back_and_one_that_has_begun_is_not()
    {
        await using var email = EmailHarness.Start(null, ("MaxConnections", "1"));
        email.Sink.Script.VerdictDelay = TimeSpan.FromSeconds(1);
        var recall = new Recall();
        var begun = email.Channels.DeliverAsync(EmailHarness.Message(Address(1)), recall);
        await email.Sink.WaitForAsync(1, TimeSpan.FromSeconds(20));
        var waiting = email.Channels.DeliverAsync(EmailHarness.Message(Address(2)), recall);

        Assert.Equal(1, recall.Call());
        Assert.Equal(DeliveryOutcome.NotBegun.Instance, await waiting);
        Assert.IsType<DeliveryOutcome.Sent>(await begun);
        Assert.IsType<DeliveryOutcome.Sent>(await email.DeliverAsync(EmailHarness.Message(Address(3))));
        Assert.Equal([Address(1), Address(3)], email.Sink.Received.Select(mail => mail.To.Single()));
    }

    [Fact]
    public async Task A_message_is_called_back_while_a_connection_is_made_for_it()
    {
        // A server that lets connect and does not greet.
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        await using var email = EmailHarness.Start(null, ("Port", $"{port}"), ("Timeout", "00:00:20"));
        var recall = new Recall();
        var message = email.Channels.DeliverAsync(EmailHarness.Message(), recall);
        using var server = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, recall.Call());
        Assert.Equal(DeliveryOutcome.NotBegun.Instance, await message.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    private static string Address(int i) => $"c{i}@example.com";

    // All at once, so that there is always one waiting behind the one being sent.
    private static Task<DeliveryOutcome[]> SendAsync(EmailHarness email) =>
        Task.WhenAll(Enumerable.Range(0, Messages).Select(i => email.DeliverAsync(EmailHarness.Message(Address(i), id: $"msg_{i}"))));
}
