using Marketing.Testing;
using Xunit;

namespace Marketing.Channels.Email;

public sealed class OutcomeTests
{
    private const string Ada = "ada@example.com";

    [Theory]
    [InlineData("450 4.2.0 mailbox busy", true)]
    [InlineData("451 4.3.0 local error", true)]
    [InlineData("451 4.7.1 Greylisted, come back", false)]
    [InlineData("451 Too many messages", false)]
    [InlineData("452 4.3.1 no space", false)]
    [InlineData("452 4.2.2 Mailbox full", true)]
    [InlineData("450 4.2.2 over quota, try again later", true)]
    [InlineData("452 mailbox is full", true)]
    [InlineData("452 Insufficient storage", false)]
    [InlineData("452 4.5.3 Too many recipients", false)]
    [InlineData("454 4.7.0 rate limited", false)]
    [InlineData("450 4.3.2 not accepting", false)]
    [InlineData("451 4.4.5 congested", false)]
    [InlineData("450 4.1.2 too many errors in the domain", true)]
    [InlineData("450 corporate policy", true)]
    [InlineData("451 moderate load", true)]
    [InlineData("451 Rate-limited by us", false)]
    [InlineData("450 Greylisting in action", false)]
    [InlineData("451 4.7 rates of nothing", true)]
    public async Task A_4xx_is_temporary_and_a_request_to_slow_down_burns_no_attempt(string reply, bool burns)
    {
        await using var email = EmailHarness.Start();
        email.Sink.Script.OnRecipient(Ada, reply);
        var failure = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await email.DeliverAsync(EmailHarness.Message()));
        Assert.Equal((reply, burns, burns), (failure.Reason, failure.BurnsAttempt, failure.RetryAfter is null));
    }

    [Theory]
    [InlineData("550 5.1.1 no such user", true)]
    [InlineData("553 5.1.3 bad address", true)]
    [InlineData("550 5.7.1 blocked", false)]
    [InlineData("550 no", false)]
    [InlineData("552 5.2.2 mailbox full", false)]
    public async Task A_5xx_is_permanent_and_an_unknown_mailbox_is_suppressed(string reply, bool suppress)
    {
        await using var email = EmailHarness.Start();
        email.Sink.Script.OnRecipient(Ada, reply);
        Assert.Equal(new DeliveryOutcome.PermanentFailure(reply, suppress), await email.DeliverAsync(EmailHarness.Message()));
    }

    [Fact]
    public async Task A_long_answer_is_never_cut_inside_a_character()
    {
        await using var email = EmailHarness.Start();
        email.Sink.Script.OnRecipient(Ada, $"550 {new string('x', 199)}😀 and more");
        Assert.Equal(new DeliveryOutcome.PermanentFailure($"550 {new string('x', 199)}"), await email.DeliverAsync(EmailHarness.Message()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refused_sender_does_not_suppress_the_recipient(bool pipelining)
    {
        await using var email = EmailHarness.Start(new SmtpSinkOptions { Pipelining = pipelining });
        email.Sink.Script.OnSender("550 5.1.8 unknown sender");
        Assert.Equal(new DeliveryOutcome.PermanentFailure("550 5.1.8 unknown sender"), await email.DeliverAsync(EmailHarness.Message()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_content_refused_at_the_end_is_permanent(bool pipelining)
    {
        await using var email = EmailHarness.Start(new SmtpSinkOptions { Pipelining = pipelining });
        email.Sink.Script.OnMessage(Ada, "554 5.7.1 looks like spam");
        Assert.Equal(new DeliveryOutcome.PermanentFailure("554 5.7.1 looks like spam"), await email.DeliverAsync(EmailHarness.Message()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_lost_before_the_confirmation_leaves_the_message_uncertain(bool pipelining)
    {
        await using var email = EmailHarness.Start(new SmtpSinkOptions { Pipelining = pipelining });
        email.Sink.Script.DropAfterData();
        var failure = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await email.DeliverAsync(EmailHarness.Message()));
        Assert.StartsWith("Uncertain: the connection was lost", failure.Reason, StringComparison.Ordinal);
        Assert.Single(email.Sink.Received);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_uncertain_message_on_a_used_connection_is_not_sent_again_at_once(bool pipelining)
    {
        await using var email = EmailHarness.Start(new SmtpSinkOptions { Pipelining = pipelining });
        await email.ArrivesAsync(EmailHarness.Message());
        email.Sink.Script.DropAfterData();
        Assert.IsType<DeliveryOutcome.TemporaryFailure>(await email.DeliverAsync(EmailHarness.Message(id: "msg_2")));
        Assert.Equal(["msg_1@shop.example", "msg_2@shop.example"], email.Sink.Received.Select(mail => mail.MessageId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_lost_halfway_is_temporary_and_not_uncertain(bool pipelining)
    {
        await using var email = EmailHarness.Start(new SmtpSinkOptions { Pipelining = pipelining });
        email.Sink.Script.DropDuringData();

        // Too large to disappear into the buffers of the network, where nobody can tell what became of it.
        var large = $"{{% for i in (1..9000) %}}{new string('x', 200)}\n{{% endfor %}}";
        var channel = EmailHarness.Channel(new ChannelTemplate { Subject = "s", Text = large, Html = large });
        var failure = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await email.DeliverAsync(EmailHarness.Message(channel: channel)));
        Assert.DoesNotContain("Uncertain", failure.Reason, StringComparison.Ordinal);
        Assert.Empty(email.Sink.Received);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_stays_silent_after_the_message_leaves_it_uncertain(bool pipelining)
    {
        await using var email = EmailHarness.Start(new SmtpSinkOptions { Pipelining = pipelining }, ("Timeout", "00:00:00.3"));
        email.Sink.Script.Silence();
        var failure = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await email.DeliverAsync(EmailHarness.Message()));
        Assert.StartsWith("Uncertain", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_temporary()
    {
        await using var email = EmailHarness.Start();
        await email.Sink.DisposeAsync();
        var failure = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await email.DeliverAsync(EmailHarness.Message()));
        Assert.Equal("The mail server cannot be reached (ConnectionRefused).", failure.Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_server_says_before_it_closes_the_connection_stands(bool pipelining)
    {
        await using var email = EmailHarness.Start(new SmtpSinkOptions { Pipelining = pipelining });
        foreach (var step in (Func<string, SmtpScript>[])[line => email.Sink.Script.OnSender(line, 1), line => email.Sink.Script.OnRecipient(Ada, line, 1), line => email.Sink.Script.OnMessage(Ada, line, 1)])
        {
            step("421 4.3.2 going down");
            var failure = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await email.DeliverAsync(EmailHarness.Message()));
            Assert.Equal(("421 4.3.2 going down", false), (failure.Reason, failure.BurnsAttempt));
        }

        Assert.IsType<DeliveryOutcome.Sent>(await email.DeliverAsync(EmailHarness.Message()));
        Assert.Single(email.Sink.Received);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_message_is_accepted_by_any_answer_that_says_so(bool pipelining)
    {
        await using var email = EmailHarness.Start(new SmtpSinkOptions { Pipelining = pipelining });
        email.Sink.Script.OnMessage(Ada, "252 2.5.0 will try", 1);
        Assert.IsType<DeliveryOutcome.Sent>(await email.DeliverAsync(EmailHarness.Message()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_wants_a_login_first_is_no_lost_connection(bool pipelining)
    {
        await using var email = EmailHarness.Start(new SmtpSinkOptions { Pipelining = pipelining });
        email.Sink.Script.OnSender("530 5.7.0 sign in first");
        var failure = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await email.DeliverAsync(EmailHarness.Message()));
        Assert.StartsWith("530 5.7.0 sign in first", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_turns_us_away_asks_to_slow_down()
    {
        await using var email = EmailHarness.Start();
        email.Sink.Script.Greeting = "421 4.3.2 too busy";
        var failure = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await email.DeliverAsync(EmailHarness.Message()));
        Assert.False(failure.BurnsAttempt);
        Assert.Contains("421", failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("StartTls")]
    [InlineData("Auto")]
    public async Task A_certificate_nobody_vouches_for_is_refused_with_a_clear_reason(string security)
    {
        await using var email = EmailHarness.Start(new SmtpSinkOptions { StartTls = true }, ("Security", security));
        var failure = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await email.DeliverAsync(EmailHarness.Message()));
        Assert.Contains("Distributions:Email:Security", failure.Reason, StringComparison.Ordinal);
        Assert.Empty(email.Sink.Received);
    }

    [Fact]
    public async Task A_server_without_the_demanded_encryption_gets_no_mail()
    {
        await using var email = EmailHarness.Start(null, ("Security", "StartTls"));
        var failure = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await email.DeliverAsync(EmailHarness.Message()));
        Assert.Contains("Distributions:Email:Security", failure.Reason, StringComparison.Ordinal);
        Assert.Equal(0, email.Sink.Commands("MAIL"));
    }

    [Theory]
    [InlineData(true, false, "StartTls")]
    [InlineData(false, true, "Tls")]
    public async Task Mail_travels_encrypted_and_signed_in(bool startTls, bool implicitTls, string security)
    {
        await using var email = EmailHarness.Start(
            new SmtpSinkOptions { StartTls = startTls, ImplicitTls = implicitTls, User = "me", Password = "secret" },
            ("Security", security), ("AllowInvalidCertificates", "true"), ("User", "me"), ("Password", "secret"));
        await email.ArrivesAsync(EmailHarness.Message());
        await email.ArrivesAsync(EmailHarness.Message(id: "msg_2"));
        Assert.Equal((1, 1), (email.Sink.Connections, email.Sink.Commands("AUTH")));
    }

    [Fact]
    public async Task A_wrong_password_is_told_without_telling_the_password()
    {
        await using var email = EmailHarness.Start(
            new SmtpSinkOptions { User = "me", Password = "right" }, ("User", "me"), ("Password", "pa55word"), ("Security", "None"));
        var failure = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await email.DeliverAsync(EmailHarness.Message()));
        Assert.Equal("The mail server refused the credentials; see Distributions:Email:User and Password.", failure.Reason);
        Assert.DoesNotContain("pa55word", email.Log.All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_password_is_told_by_the_keys_to_set()
    {
        await using var email = EmailHarness.Start(new SmtpSinkOptions { User = "me", Password = "right" });
        var failure = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await email.DeliverAsync(EmailHarness.Message()));
        Assert.Contains("Distributions:Email:User", failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_reasons_nor_logs_contain_the_address_or_the_content()
    {
        await using var email = EmailHarness.Start();
        email.Sink.Script.OnRecipient(Ada, $"550 5.1.1 <{Ada}>: unknown");
        var failure = Assert.IsType<DeliveryOutcome.PermanentFailure>(await email.DeliverAsync(EmailHarness.Message()));
        Assert.Equal("550 5.1.1 <…>: unknown", failure.Reason);
        Assert.Contains("msg_1", email.Log.All, StringComparison.Ordinal);
        Assert.DoesNotContain(Ada, email.Log.All, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Dear", email.Log.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not an address", "invalid_address")]
    [InlineData("", "no_address")]
    public async Task An_address_that_cannot_be_one_is_skipped(string address, string reason)
    {
        await using var email = EmailHarness.Start();
        Assert.Equal(new DeliveryOutcome.Skipped(reason), await email.DeliverAsync(EmailHarness.Message(address)));
        Assert.Equal(0, email.Sink.Connections);
    }

    [Fact]
    public async Task A_template_that_fails_while_rendering_is_permanent_and_names_the_place()
    {
        await using var email = EmailHarness.Start();
        var channel = EmailHarness.Channel(new ChannelTemplate { Subject = "{{ 1 | divided_by: customer.none }}", Text = "t" });
        Assert.Equal(
            new DeliveryOutcome.PermanentFailure("Line 1, column 4: A number is divided by 0."), await email.DeliverAsync(EmailHarness.Message(channel: channel)));
    }

    [Fact]
    public async Task An_address_beyond_ascii_goes_to_a_server_that_takes_it()
    {
        await using var email = EmailHarness.Start(new SmtpSinkOptions { Utf8 = true });
        var (mail, _) = await email.ArrivesAsync(EmailHarness.Message("жанна@example.com"));
        Assert.Equal(["жанна@example.com"], email.Sink.Received[0].To);
        Assert.Equal(("жанна@example.com", "Hello Ada"), (mail.To.Mailboxes.Single().Address, mail.Subject));
    }

    [Fact]
    public async Task A_name_in_letters_the_server_does_not_take_is_permanent()
    {
        await using var email = EmailHarness.Start();
        Assert.IsType<DeliveryOutcome.PermanentFailure>(await email.DeliverAsync(EmailHarness.Message("жанна@example.com")));
        await email.ArrivesAsync(EmailHarness.Message());
    }
}
