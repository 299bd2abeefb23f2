using System.Security.Cryptography;
using System.Text;
using Marketing.Api;
using Marketing.Channels;
using Marketing.Channels.Email;
using Marketing.Storage;
using Marketing.Testing;
using Xunit;

namespace Marketing.Suppressions;

/// <summary>Who unsubscribes or complains gets nothing any more, also in the middle of a large mailing.</summary>
public sealed class InTimeTests(InTimeTests.Host api) : IClassFixture<InTimeTests.Host>
{
    private const int Customers = 20_000;
    private const int Leaving = 200;
    private const string Secret = "told";

    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Nothing_goes_to_who_left_a_second_before()
    {
        using var shop = await api.NewProjectAsync();
        using var anybody = api.Anonymous();
        var hook = new Uri((await shop.PostAsync("/v1/channels", $$"""
            {"name":"Mail","type":"email","provider":"smtp","settings":{"host":"127.0.0.1","port":{{api.Sink.Port}},"security":"none","from":"Shop <news@shop.example>","feedback":"http"},"credentials":{"feedback_secret":"{{Secret}}"} }
            """)).Ok().GetProperty("receipts_url").GetString()!).PathAndQuery;
        var file = string.Join('\n', Enumerable.Range(0, Customers).Select(i => $"c-{i},{Address(i)}").Prepend("Source_id,Email"));
        var job = (await shop.UploadAsync("/v1/customers/importCSV", Encoding.UTF8.GetBytes(file))).Ok(202).GetProperty("async_action_id").GetString();
        await shop.UntilAsync($"/v1/async-actions/{job}", action => action.GetProperty("status").GetString() == "DONE");
        var segment = await shop.NewSegmentAsync();
        await shop.UntilAsync($"/v1/segments/{segment}", state => state.GetProperty("initial_sync_status").GetString() == "DONE");
        var id = await shop.NewDistributionAsync($$$"""
            {"name":"All","type":"manual","audience":{"segment_id":"{{{segment}}}"},"action":{"type":"plain_message"},"channels":[{"type":"email","template":{"subject":"Hi","html":"<p>{{ unsubscribe_url }}</p>"}}]}
            """);
        (await shop.PostAsync($"/v1/distributions/{id}/activate")).Ok();
        await api.Sink.WaitForAsync(Customers / 20, TimeSpan.FromSeconds(60));

        // From all over the list, by both ways in turn.
        var left = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        for (var i = 0; i < Leaving; i++)
        {
            var address = Address((i * (Customers / Leaving)) + 7);
            await LeaveAsync(anybody, hook, shop.Project.Number, address, complains: i % 2 == 0);
            left[address] = DateTimeOffset.UtcNow;
        }

        await shop.UntilAsync($"/v1/distributions/{id}", state => state.GetProperty("status").GetString() == "sent");
        var figures = (await shop.GetAsync($"/v1/distributions/{id}/analytics")).Ok().GetProperty("totals").GetProperty("email");
        var (sent, skipped) = (figures.GetProperty("sent").GetInt32(), figures.GetProperty("skipped").GetInt32());
        Assert.Equal((Customers, 0), (sent + skipped, figures.GetProperty("failed").GetInt32()));
        Assert.InRange(skipped, 1, Leaving);
        Assert.Equal(sent, api.Sink.Received.Count);
        Assert.Empty(api.Sink.Received.Where(mail => left.TryGetValue(mail.To.Single(), out var at) && mail.ReceivedAt > at + Allowed).Select(mail => $"{mail.To.Single()} {mail.ReceivedAt - left[mail.To.Single()]}"));
    }

    [Fact]
    public async Task A_message_that_waited_is_asked_about_again_before_it_begins()
    {
        await using var mail = EmailHarness.Start();
        var asked = new List<string>();
        var fresh = Decided();
        Assert.IsType<DeliveryOutcome.Sent>(await mail.Channels.DeliverAsync(EmailHarness.Message(id: "msg_1"), fresh));
        var waited = Decided();
        mail.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(SkipReasons.Unsubscribed, Assert.IsType<DeliveryOutcome.Skipped>(await mail.Channels.DeliverAsync(EmailHarness.Message(id: "msg_2"), waited)).Reason);
        Assert.IsType<DeliveryOutcome.Sent>(await mail.Channels.DeliverAsync(EmailHarness.Message(id: "msg_3"), waited));
        Assert.Equal(["msg_2", "msg_3"], asked);
        Assert.Equal(2, mail.Sink.Received.Count);

        Recall Decided() => new(mail.Clock.GetTimestamp())
        {
            LookAgain = id =>
            {
                asked.Add(id);
                return Task.FromResult<DeliveryOutcome?>(id == "msg_2" ? new DeliveryOutcome.Skipped(SkipReasons.Unsubscribed) : null);
            },
        };
    }

    private static string Address(int i) => $"c{i}@example.com";

    private async Task LeaveAsync(ApiClient anybody, string hook, int project, string address, bool complains)
    {
        if (complains)
        {
            var body = Encoding.UTF8.GetBytes($$"""{"type":"complaint","address":"{{address}}"}""");
            Assert.Equal(200, (await anybody.SendAsync("POST", hook, new ByteArrayContent(body), ("x-signature", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body))))).Status);
            return;
        }

        using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        Assert.Equal(200, (await anybody.SendAsync("POST", $"/u/{await api.UnsubscribeTokenAsync(project, address)}", form)).Status);
    }

    /// <summary>An API that sends at once, and whose mail server is one of the tests.</summary>
    public sealed class Host : ApiHost
    {
        public SmtpSink Sink { get; } = Start();

        protected override IEnumerable<string> Arguments => ["--Distributions:Webhooks:AllowPrivateNetworks=true", "--Distributions:ManualDelay=00:00:00"];

        // So slow that the mailing is still going on when the last has left, on a fast machine too.
        private static SmtpSink Start()
        {
            var sink = SmtpSink.Start(new SmtpSinkOptions { KeepText = false });
            sink.Script.VerdictDelay = TimeSpan.FromMilliseconds(5);
            return sink;
        }
    }
}
