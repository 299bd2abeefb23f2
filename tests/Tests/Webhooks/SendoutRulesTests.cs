using System.Text;
using Marketing.Channels;
using Marketing.Channels.Webhooks;
using Xunit;

namespace Marketing.Webhooks;

public sealed class SendoutRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RetrySchedule Retries = new(WebhookOptions.DocumentedRetries);

    [Fact]
    public void An_event_is_tried_as_the_schedule_says_and_then_the_webhook_is_disabled()
    {
        var (row, at) = (Owed(), Noon);
        var since = new List<double>();
        string? disables = null;
        for (var attempt = 1; attempt <= 13; attempt++)
        {
            Assert.Null(disables);
            (row, disables) = SendoutRules.After(row, Failed(503), at, Retries);
            Assert.Equal(attempt, row.Attempts);
            at = row.DueAt ?? at;
            since.Add((at - Noon).TotalMinutes);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 1_440, 1_440], since);
        Assert.Equal((SendoutRow.Failed, (DateTimeOffset?)null), (row.Status, row.DueAt));
        Assert.Equal("whs_1 could not be posted in 13 attempts; the last: HTTP 503", disables);
    }

    [Fact]
    public void A_receiver_may_ask_for_more_time_and_not_for_less()
    {
        Assert.Equal(Noon.AddHours(1), SendoutRules.After(Owed(), Failed(503, TimeSpan.FromHours(1)), Noon, Retries).Row.DueAt);
        Assert.Equal(Noon.AddMinutes(1), SendoutRules.After(Owed(), Failed(503, TimeSpan.FromSeconds(1)), Noon, Retries).Row.DueAt);
    }

    [Fact]
    public void Who_is_gone_is_not_asked_again_and_who_cannot_be_reached_fails_alone()
    {
        var (gone, disables) = SendoutRules.After(Owed(), new SendoutAnswer(new DeliveryOutcome.PermanentFailure("gone"), 410, "bye"), Noon, Retries);
        Assert.Equal((SendoutRow.Failed, 410, "bye", "gone", "gone"), (gone.Status, gone.ResponseCode, gone.Answer, gone.Error, disables));
        var (blocked, nothing) = SendoutRules.After(Owed(), new SendoutAnswer(new DeliveryOutcome.PermanentFailure("private"), null, null), Noon, Retries);
        Assert.Equal((SendoutRow.Failed, null), (blocked.Status, nothing));
    }

    [Fact]
    public void What_is_posted_again_begins_anew_and_what_waits_is_only_hastened()
    {
        var failed = Owed() with { Status = SendoutRow.Failed, Attempts = 13, DueAt = null };
        var again = SendoutRules.Again(failed, Noon);
        Assert.Equal((SendoutRow.Owed, 0, Noon), (again.Status, again.Attempts, again.DueAt!.Value));
        var waits = Owed() with { Attempts = 3, DueAt = Noon.AddHours(4) };
        Assert.Equal((3, Noon), (SendoutRules.Again(waits, Noon).Attempts, SendoutRules.Again(waits, Noon).DueAt!.Value));
        Assert.Equal(Owed(), SendoutRules.Again(Owed(), Noon.AddHours(1)) with { Body = Owed().Body });
    }

    [Fact]
    public void The_vector_of_the_standard_holds_and_each_secret_has_its_signature()
    {
        const string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        var body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", SendoutSignature.Of([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body));
        var two = SendoutSignature.Of([WebhookSecret.New(Noon, "v").Text, secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body).Split(' ');
        Assert.Equal(2, two.Length);
        Assert.NotEqual(two[0], two[1]);
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", two[1]);
    }

    [Fact]
    public void A_secret_holds_until_its_time_is_over()
    {
        IReadOnlyList<WebhookSecret> secrets = [WebhookSecret.New(Noon, "a")];
        var rotated = WebhookSecrets.Rotated(secrets, WebhookSecret.New(Noon.AddHours(1), "b"), TimeSpan.FromHours(24));
        Assert.Equal(2, WebhookSecrets.At(rotated, Noon.AddHours(25).AddTicks(-1)).Count);
        Assert.Equal("b", Assert.Single(WebhookSecrets.At(rotated, Noon.AddHours(25))).RequestId);
        Assert.Equal(["c", "b"], WebhookSecrets.Rotated(rotated, WebhookSecret.New(Noon.AddHours(2), "c"), TimeSpan.FromHours(24)).Select(secret => secret.RequestId));
        Assert.Equal(rotated, WebhookSecrets.Read(WebhookSecrets.Write(rotated)));
    }

    private static SendoutRow Owed() => new()
    {
        Number = 1,
        Id = "whs_1",
        Webhook = 2,
        Type = "customer.created",
        Status = SendoutRow.Owed,
        DueAt = Noon,
        CreatedAt = Noon,
        Body = [],
    };

    private static SendoutAnswer Failed(int status, TimeSpan? wait = null) => new(new DeliveryOutcome.TemporaryFailure($"HTTP {status}", wait), status, null);
}
