using System.Globalization;
using Marketing.Testing;
using Xunit;

namespace Marketing.Channels.Email;

public sealed class ServersOfConnectionsTests
{
    [Fact]
    public async Task A_mail_goes_to_the_server_its_entry_names_or_to_the_default_or_to_the_one_that_is_configured()
    {
        await using var mail = EmailHarness.Start();
        await using var newsletter = SmtpSink.Start(new SmtpSinkOptions { User = "me", Password = "pw" });
        await using var second = SmtpSink.Start();
        mail.Connections.Add("chan_news", "email", "smtp", SettingsOf(newsletter, "News <news@letters.example>"), new { user = "me", password = "pw" });

        Assert.IsType<DeliveryOutcome.Sent>(await mail.DeliverAsync(Over("chan_news")));
        Assert.IsType<DeliveryOutcome.Sent>(await mail.DeliverAsync(Over(null)));
        Assert.Contains("<news@letters.example>", Assert.Single(newsletter.Received).Text, StringComparison.Ordinal);
        Assert.Contains("<news@shop.example>", Assert.Single(mail.Sink.Received).Text, StringComparison.Ordinal);

        mail.Connections.Add("chan_default", "email", "smtp", SettingsOf(second, "b@letters.example"), isDefault: true);
        Assert.IsType<DeliveryOutcome.Sent>(await mail.DeliverAsync(Over(null)));
        Assert.Single(second.Received);
        Assert.Equal("the connection is not there any more", Assert.IsType<DeliveryOutcome.PermanentFailure>(await mail.DeliverAsync(Over("chan_other"))).Reason);
    }

    [Fact]
    public async Task A_server_on_a_private_network_is_not_called()
    {
        await using var mail = EmailHarness.Start();
        mail.AllowsPrivate = false;
        await using var inside = SmtpSink.Start();
        mail.Connections.Add("chan_1", "email", "smtp", SettingsOf(inside, "a@shop.example"));
        var outcome = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await mail.DeliverAsync(Over("chan_1")));
        Assert.Equal("The mail server's address is private or reserved.", outcome.Reason);
        Assert.Equal(0, inside.Connections);
    }

    [Fact]
    public async Task A_paused_connection_takes_nothing_and_has_no_room()
    {
        await using var mail = EmailHarness.Start();
        await using var server = SmtpSink.Start();
        mail.Connections.Add("chan_1", "email", "smtp", SettingsOf(server, "a@shop.example"), paused: true);
        var outcome = Assert.IsType<DeliveryOutcome.TemporaryFailure>(await mail.DeliverAsync(Over("chan_1")));
        Assert.Equal(("the connection is paused", false), (outcome.Reason, outcome.BurnsAttempt));
        Assert.Null(mail.Channels.WindowOf(1, Over("chan_1").Channel)!.Ask(1).Room);

        mail.Connections.Add("chan_1", "email", "smtp", SettingsOf(server, "a@shop.example"));
        Assert.Equal(1, mail.Channels.WindowOf(1, Over("chan_1").Channel)!.Ask(1).Room);
        Assert.IsType<DeliveryOutcome.Sent>(await mail.DeliverAsync(Over("chan_1")));
    }

    [Fact]
    public async Task What_waits_when_a_connection_changes_is_given_back()
    {
        await using var mail = EmailHarness.Start();
        await using var server = SmtpSink.Start();
        server.Script.VerdictDelay = TimeSpan.FromMilliseconds(200);
        mail.Connections.Add("chan_1", "email", "smtp", SettingsOf(server, "a@shop.example", connections: 1));
        var sends = Enumerable.Range(0, 4).Select(i => mail.DeliverAsync(Over("chan_1") with { MessageId = $"msg_{i}" })).ToArray();
        mail.Connections.Add("chan_1", "email", "smtp", SettingsOf(server, "b@shop.example", connections: 1), paused: true);
        var outcomes = await Task.WhenAll(sends);
        Assert.Contains(outcomes, outcome => outcome is DeliveryOutcome.NotBegun);
        Assert.Equal(server.Received.Count, outcomes.Count(outcome => outcome is DeliveryOutcome.Sent));
    }

    [Fact]
    public async Task A_limit_holds_mail_back()
    {
        await using var mail = EmailHarness.Start();
        await using var server = SmtpSink.Start();
        mail.Connections.Add("chan_1", "email", "smtp", SettingsOf(server, "a@shop.example"), perSecond: 2);
        var began = mail.Clock.GetUtcNow();
        var sends = Task.WhenAll(Enumerable.Range(0, 4).Select(i => mail.DeliverAsync(Over("chan_1") with { MessageId = $"msg_{i}" })));
        using var turn = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        for (var step = 0; step < 2_000 && !sends.IsCompleted; step++)
        {
            // Whoever has a slot that is not due yet waits for the clock, and nobody is quicker than it.
            Assert.InRange(server.Count, 0, 1 + (int)((mail.Clock.GetUtcNow() - began) / TimeSpan.FromSeconds(0.5)));
            mail.Clock.Advance(TimeSpan.FromMilliseconds(10));
            await turn.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Assert.All(await sends, outcome => Assert.IsType<DeliveryOutcome.Sent>(outcome));
    }

    [Fact]
    public async Task A_test_says_whether_the_server_takes_the_credentials()
    {
        await using var mail = EmailHarness.Start();
        await using var server = SmtpSink.Start(new SmtpSinkOptions { User = "me", Password = "pw" });
        var right = await TestAsync(mail, mail.Connections.Add("chan_1", "email", "smtp", SettingsOf(server, "a@shop.example"), new { user = "me", password = "pw" }));
        Assert.True(right.Works, right.Detail);
        var wrong = await TestAsync(mail, mail.Connections.Add("chan_1", "email", "smtp", SettingsOf(server, "a@shop.example"), new { user = "me", password = "guess" }));
        Assert.False(wrong.Works);
        Assert.DoesNotContain("guess", wrong.Detail, StringComparison.Ordinal);
        Assert.Empty(server.Received);
    }

    private static Task<ConnectionCheck> TestAsync(EmailHarness mail, ChannelConnection connection) =>
        mail.Provider.TestAsync(new ProviderCall(connection, null!, gate: null, isFirstFree: true));

    private static OutboundMessage Over(string? connection) =>
        EmailHarness.Message(channel: EmailHarness.Welcome with { Connection = connection }) with { Project = 1 };

    private static object SettingsOf(SmtpSink sink, string from, int connections = 4) =>
        new { host = SmtpSink.Host, port = sink.Port, from, security = "none", max_connections = connections, note = sink.Port.ToString(CultureInfo.InvariantCulture) };
}
