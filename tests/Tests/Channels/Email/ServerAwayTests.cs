using Marketing.Testing;
using Xunit;

namespace Marketing.Channels.Email;

public sealed class ServerAwayTests
{
    private const int Threshold = 5;

    [Fact]
    public async Task Mail_for_a_server_that_is_away_waits_costs_no_attempt_and_is_told_of_once()
    {
        await using var email = EmailHarness.Start();
        await email.Sink.DisposeAsync();
        for (var i = 0; i < Threshold; i++)
        {
            Assert.Equal(
                new DeliveryOutcome.TemporaryFailure("The mail server cannot be reached (ConnectionRefused).", TimeSpan.FromSeconds(2), BurnsAttempt: false),
                await email.DeliverAsync(EmailHarness.Message()));
        }

        Assert.All(await DeliverManyAsync(email, 40), outcome => Assert.Equal(Waiting(TimeSpan.FromSeconds(2)), outcome));
        Assert.Equal(1, Lines(email, "Mail waits for the server: The mail server cannot be reached"));
        Assert.Equal(0, Lines(email, "is back"));
    }

    [Fact]
    public async Task One_mail_tries_a_server_that_was_away_and_the_pause_grows_to_its_limit()
    {
        await using var email = await AwayAsync();
        foreach (var (pause, next) in new[] { (2, 4), (4, 8), (8, 10), (10, 10) })
        {
            email.Clock.Advance(TimeSpan.FromSeconds(pause));
            Assert.StartsWith("The mail server cannot be reached", Assert.IsType<DeliveryOutcome.TemporaryFailure>(await email.DeliverAsync(EmailHarness.Message())).Reason);
            Assert.Equal(Waiting(TimeSpan.FromSeconds(next)), await email.DeliverAsync(EmailHarness.Message()));
        }

        Assert.Equal(1, Lines(email, "Mail waits for the server"));
    }

    [Fact]
    public async Task When_the_server_is_back_all_mail_flows_after_one_pause()
    {
        await using var email = await AwayAsync();
        await using var back = SmtpSink.Start(new SmtpSinkOptions { Port = email.Sink.Port });
        Assert.All(await DeliverManyAsync(email, 20), outcome => Assert.Equal(Waiting(TimeSpan.FromSeconds(2)), outcome));

        email.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<DeliveryOutcome.Sent>(await email.DeliverAsync(EmailHarness.Message()));
        Assert.All(await DeliverManyAsync(email, 20), outcome => Assert.IsType<DeliveryOutcome.Sent>(outcome));
        Assert.Equal((21, 1, 1), (back.Count, Lines(email, "Mail waits for the server"), Lines(email, "The mail server is back")));
    }

    [Fact]
    public async Task A_server_that_refuses_messages_is_not_away()
    {
        await using var email = EmailHarness.Start();
        email.Sink.Script.OnRecipient("ada@example.com", "450 4.2.0 mailbox busy");
        for (var i = 0; i < 2 * Threshold; i++)
        {
            await email.DeliverAsync(EmailHarness.Message());
        }

        await email.ArrivesAsync(EmailHarness.Message("bob@example.com"));
    }

    [Fact]
    public async Task A_server_that_refuses_our_credentials_is_left_alone_like_one_that_is_away()
    {
        await using var email = EmailHarness.Start(
            new SmtpSinkOptions { User = "me", Password = "right" }, ("User", "me"), ("Password", "pa55word"), ("Security", "None"));
        for (var i = 0; i < Threshold; i++)
        {
            await email.DeliverAsync(EmailHarness.Message());
        }

        Assert.Equal(Waiting(TimeSpan.FromSeconds(2)), await email.DeliverAsync(EmailHarness.Message()));
        Assert.Equal((Threshold, 1), (email.Sink.Connections, Lines(email, "Mail waits for the server: The mail server refused the credentials")));
    }

    private static DeliveryOutcome.TemporaryFailure Waiting(TimeSpan wait) =>
        new("The mail server is not available; waiting.", wait, BurnsAttempt: false);

    private static async Task<EmailHarness> AwayAsync()
    {
        var email = EmailHarness.Start();
        await email.Sink.DisposeAsync();
        for (var i = 0; i < Threshold; i++)
        {
            await email.DeliverAsync(EmailHarness.Message());
        }

        return email;
    }

    private static Task<DeliveryOutcome[]> DeliverManyAsync(EmailHarness email, int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i => email.DeliverAsync(EmailHarness.Message(id: $"many_{i}"))));

    private static int Lines(EmailHarness email, string text) =>
        email.Log.All.Split('\n').Count(line => line.Contains(text, StringComparison.Ordinal));
}
