using Marketing.Testing;
using Xunit;

namespace Marketing.Channels.Email;

public sealed class ConnectionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task One_connection_carries_many_messages()
    {
        await using var email = EmailHarness.Start();
        for (var i = 0; i < 20; i++)
        {
            await email.ArrivesAsync(EmailHarness.Message(id: $"msg_{i}"));
        }

        Assert.Equal(1, email.Sink.Connections);
        Assert.Equal(20, email.Sink.Received.Select(mail => mail.MessageId).Distinct().Count());
    }

    [Fact]
    public async Task Many_messages_share_a_bounded_number_of_connections()
    {
        await using var email = EmailHarness.Start(null, ("MaxConnections", "4"));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => email.DeliverAsync(EmailHarness.Message($"c{i}@example.com", id: $"msg_{i}"))));

        Assert.All(outcomes, outcome => Assert.IsType<DeliveryOutcome.Sent>(outcome));
        await email.Sink.WaitForAsync(400, Patience);
        Assert.InRange(email.Sink.Connections, 1, 4);
        Assert.Equal(400, email.Sink.Received.Select(mail => mail.MessageId).Distinct().Count());
        Assert.All(email.Sink.Received, mail => Assert.Equal($"msg_{mail.To.Single()[1..].Split('@')[0]}@shop.example", mail.MessageId));
    }

    [Fact]
    public async Task A_failed_message_does_not_touch_the_next_on_its_connection()
    {
        await using var email = EmailHarness.Start();
        email.Sink.Script.OnRecipient("gone@example.com", "550 5.1.1 gone").OnMessage("spam@example.com", "554 5.7.1 spam");
        Assert.IsType<DeliveryOutcome.PermanentFailure>(await email.DeliverAsync(EmailHarness.Message("gone@example.com")));
        await email.ArrivesAsync(EmailHarness.Message("one@example.com", id: "msg_2"));
        Assert.IsType<DeliveryOutcome.PermanentFailure>(await email.DeliverAsync(EmailHarness.Message("spam@example.com")));
        await email.ArrivesAsync(EmailHarness.Message("two@example.com", id: "msg_3"));

        Assert.Equal((1, 1), (email.Sink.Connections, email.Sink.Commands("RSET")));
        Assert.Equal(["one@example.com", "two@example.com"], email.Sink.Received.Select(mail => mail.To.Single()));
    }

    [Fact]
    public async Task A_connection_the_server_closed_is_replaced_without_a_failure()
    {
        await using var email = EmailHarness.Start();
        await email.ArrivesAsync(EmailHarness.Message());
        email.Sink.CloseConnections();
        await email.ArrivesAsync(EmailHarness.Message(id: "msg_2"));
        Assert.Equal((2, 2), (email.Sink.Connections, email.Sink.Count));
    }

    [Fact]
    public async Task A_server_that_limits_messages_per_connection_gets_a_new_connection()
    {
        await using var email = EmailHarness.Start(new SmtpSinkOptions { MessagesPerConnection = 3 });
        for (var i = 0; i < 10; i++)
        {
            await email.ArrivesAsync(EmailHarness.Message(id: $"msg_{i}"));
        }

        Assert.Equal((4, 10), (email.Sink.Connections, email.Sink.Count));
    }

    [Fact]
    public async Task A_421_on_a_new_connection_is_a_request_to_slow_down()
    {
        await using var email = EmailHarness.Start();
        email.Sink.Script.OnSender("421 4.7.0 try again later");
        var failure = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await email.DeliverAsync(EmailHarness.Message()));
        Assert.Equal(("421 4.7.0 try again later", false), (failure.Reason, failure.BurnsAttempt));
        Assert.Equal(1, email.Sink.Connections);
    }

    [Fact]
    public async Task A_connection_is_renewed_after_its_share_of_messages()
    {
        await using var email = EmailHarness.Start(null, ("MessagesPerConnection", "2"));
        for (var i = 0; i < 5; i++)
        {
            await email.ArrivesAsync(EmailHarness.Message(id: $"msg_{i}"));
        }

        Assert.Equal((3, 2), (email.Sink.Connections, email.Sink.Commands("QUIT")));
    }

    [Fact]
    public async Task A_connection_that_was_silent_for_long_is_asked_before_it_is_used()
    {
        await using var email = EmailHarness.Start();
        await email.ArrivesAsync(EmailHarness.Message());
        Assert.Equal(0, email.Sink.Commands("NOOP"));
        email.Clock.Advance(TimeSpan.FromSeconds(20));
        await email.ArrivesAsync(EmailHarness.Message(id: "msg_2"));
        Assert.Equal((1, 1), (email.Sink.Connections, email.Sink.Commands("NOOP")));
    }

    [Fact]
    public async Task An_unused_connection_is_closed()
    {
        await using var email = EmailHarness.Start();
        await email.ArrivesAsync(EmailHarness.Message());
        email.Clock.Advance(TimeSpan.FromMinutes(2));
        await email.ArrivesAsync(EmailHarness.Message(id: "msg_2"));
        Assert.Equal(2, email.Sink.Connections);
    }

    [Fact]
    public async Task When_all_connections_are_busy_a_message_waits_only_so_long()
    {
        await using var email = EmailHarness.Start(null, ("MaxConnections", "1"));
        email.Sink.Script.VerdictDelay = TimeSpan.FromSeconds(0.4);
        var first = email.DeliverAsync(EmailHarness.Message());
        await email.Sink.WaitForAsync(1, Patience);
        var second = email.DeliverAsync(EmailHarness.Message(id: "msg_2"));
        email.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.IsType<DeliveryOutcome.Sent>(await first);
        Assert.Equal(new DeliveryOutcome.TemporaryFailure("All connections to the mail server are busy.", BurnsAttempt: false), await second);
    }

    [Fact]
    public async Task A_delivery_without_an_answer_leaves_no_connection_in_an_unknown_state()
    {
        await using var email = EmailHarness.Start(null, ("MaxConnections", "1"), ("Timeout", "00:00:01"));
        await email.ArrivesAsync(EmailHarness.Message());
        email.Sink.Script.Silence(times: 1);
        Assert.IsType<DeliveryOutcome.TemporaryFailure>(await email.DeliverAsync(EmailHarness.Message(id: "msg_2")));

        await email.ArrivesAsync(EmailHarness.Message(id: "msg_3"));
        Assert.Equal(2, email.Sink.Connections);
    }

    [Fact]
    public async Task Shutting_down_says_goodbye_to_the_server()
    {
        var email = EmailHarness.Start();
        await email.ArrivesAsync(EmailHarness.Message());
        await email.DisposeAsync();
        Assert.Equal(1, email.Sink.Commands("QUIT"));
    }
}
