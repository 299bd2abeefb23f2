using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Marketing.Testing;
using Xunit;

namespace Marketing.Clusters;

/// <summary>Who leaves the list while everybody is written to, on two silos and PostgreSQL.</summary>
public sealed class LeavingTests : ClusterTest
{
    private const int Customers = 10_000;
    private const int Leaving = 200;
    private const string Secret = "told by the mail service";

    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Nothing_is_handed_over_a_second_after_somebody_left_or_complained()
    {
        await StartAsync(silos: 2, apis: 1, settings: ("Distributions:BatchSize", "200"));
        await Work.OpenAsync(Cluster, Customers);
        var connection = await Cluster.Shop.PostAsync("/v1/channels", new
        {
            name = "Mail",
            type = "email",
            provider = "smtp",
            settings = new { host = SmtpSink.Host, port = Work.Mails.Port, security = "none", from = "Shop <news@shop.example>", feedback = "http" },
            credentials = new { feedback_secret = Secret },
        });
        var hook = new Uri(connection.GetProperty("receipts_url").GetString()!).PathAndQuery;
        await Work.DraftManualAsync();

        // So slow that the mailing still goes on when the last has left: 16 connections of each silo, 32 mails in 60 ms.
        Work.Mails.Script.VerdictDelay = TimeSpan.FromMilliseconds(60);
        await Work.SendAsync(arrived: Customers / 20);
        var left = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        for (var i = 0; i < Leaving; i++)
        {
            // From all over the list, by both ways in turn.
            var address = $"c{(i * (Customers / Leaving)) + 7}@example.com";
            await (i % 2 == 0 ? ComplainAsync(hook, address) : Cluster.Shop.PostAsync("/v1/suppressions", new { channel = "email", address }));
            left[address] = DateTimeOffset.UtcNow;
        }

        var lastLeft = left.Values.Max();
        var sent = await Cluster.Shop.UntilAsync($"/v1/distributions/{Work.Manual}", view => view.GetProperty("status").GetString() == "sent", Patience);
        var counts = sent.GetProperty("messages");
        var (handedOver, skipped) = (counts.GetProperty("sent").GetInt32(), counts.GetProperty("skipped").GetInt32());
        var mails = Work.Mails.Received;
        var late = mails.Where(mail => left.TryGetValue(mail.To.Single(), out var at) && mail.ReceivedAt > at + Allowed).Select(mail => $"{mail.To.Single()} {mail.ReceivedAt - left[mail.To.Single()]}").ToList();
        var close = mails.Where(mail => left.TryGetValue(mail.To.Single(), out var at) && mail.ReceivedAt > at).Select(mail => (mail.ReceivedAt - left[mail.To.Single()]).TotalMilliseconds).DefaultIfEmpty().Max();
        Say(string.Create(CultureInfo.InvariantCulture, $"{handedOver} sent, {skipped} of {Leaving} who left skipped; the last that was on its way came {close:N0} ms after"));
        Assert.Empty(late);
        Assert.Contains(mails, mail => mail.ReceivedAt > lastLeft + Allowed);
        Assert.Equal((Customers, handedOver), (handedOver + skipped, mails.Count));

        // Who had not been written to yet was not: otherwise nothing would have been seen.
        Assert.InRange(skipped, Leaving / 2, Leaving);
        await AddsUpAsync();
    }

    private async Task ComplainAsync(string hook, string address)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"type":"complaint","address":"{{address}}"}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, hook) { Content = new ByteArrayContent(body) };
        request.Headers.Add("x-signature", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body)));
        using var response = await Cluster.Apis[0].Http.SendAsync(request, Cancelled);
        response.EnsureSuccessStatusCode();
    }
}
