using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Marketing.Api;
using Marketing.Bounces;
using Marketing.Testing;
using Xunit;

namespace Marketing.Connections;

/// <summary>Mail that comes back by mail: handed over by whoever takes it, or read out of a mailbox.</summary>
public sealed class ReturnedMailTests(MailApiHost api) : IClassFixture<MailApiHost>
{
    private const string Secret = "returned-mail";

    [Fact]
    public async Task A_mail_that_comes_back_is_known_by_the_address_it_comes_back_to()
    {
        using var shop = await api.NewProjectAsync();
        var (mail, distribution, hook) = await SentAsync(shop, "ada@example.com");
        Assert.Matches("^bounces\\+msg_[0-9a-f]{24}-[0-9a-f]{20}@shop\\.example$", mail.From);
        Assert.Contains(mail.From["bounces+".Length..mail.From.IndexOf('@', StringComparison.Ordinal)], mail.MessageId, StringComparison.Ordinal);

        // Without a secret, with another one, without anything that we signed.
        Assert.Equal(403, await ReturnAsync(hook, Report(mail.From, "ada@example.com"), secret: null));
        Assert.Equal(403, await ReturnAsync(hook, Report(mail.From, "ada@example.com"), secret: "guess"));
        var forged = $"bounces+msg_0000000100000000000000ff-{new string('0', 20)}@shop.example";
        foreach (var nothing in new[] { Broken, Report(forged, "ada@example.com"), Report("bounces@shop.example", "ada@example.com"), Report(mail.From, "victim@example.com"), "Subject: Out of office\r\n\r\nBack on Monday", "" })
        {
            Assert.Equal(200, await ReturnAsync(hook, nothing));
            Assert.Empty(await SuppressedAsync(shop));
        }

        Assert.Equal(200, await ReturnAsync(hook, Report(mail.From, "ada@example.com", "4.2.2", "452 4.2.2 mailbox full")));
        Assert.Equal("soft_bounced", await DeliveryAsync(shop, distribution));
        Assert.Empty(await SuppressedAsync(shop));
        Assert.Equal(200, await ReturnAsync(hook, Report(mail.From, "ada@example.com"), signed: true));
        Assert.Equal("bounced", await DeliveryAsync(shop, distribution));
        Assert.Equal(["ada@example.com bounced"], await SuppressedAsync(shop));

        (await shop.DeleteAsync("/v1/suppressions/email/ada@example.com")).Ok(204);
        Assert.Equal(200, await ReturnAsync(hook, Report(mail.From, "ada@example.com")));
        Assert.Empty(await SuppressedAsync(shop));
    }

    [Fact]
    public async Task Or_by_what_comes_back_with_it_also_after_it_was_forwarded_and_of_complaints()
    {
        using var shop = await api.NewProjectAsync();
        using var other = await api.NewProjectAsync();
        var (mail, distribution, hook) = await SentAsync(shop, "bob@example.com");
        var headers = mail.Text![..mail.Text!.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
        var elsewhere = await ConnectAsync(other);

        // Of another project's connection it is nobody's.
        Assert.Equal(200, await ReturnAsync(elsewhere, Report("x@shop.example", "new@elsewhere.example", returned: headers)));
        Assert.Empty(await SuppressedAsync(other));
        Assert.Equal(200, await ReturnAsync(hook, Report("x@shop.example", "new@elsewhere.example", returned: headers)));
        Assert.Equal(["bob@example.com bounced"], await SuppressedAsync(shop));
        Assert.Equal(200, await ReturnAsync(hook, Complaint(headers)));
        Assert.Equal("complained", await DeliveryAsync(shop, distribution));
    }

    [Fact]
    public async Task What_only_unsubscribes_by_our_link_suppresses_and_says_nothing_of_a_message()
    {
        using var shop = await api.NewProjectAsync();
        var hook = await ConnectAsync(shop);
        var link = $"http://127.0.0.1/u/{await api.UnsubscribeTokenAsync(shop.Project.Number, "carl@example.com")}";
        Assert.Equal(200, await ReturnAsync(hook, Report("x@shop.example", "carl@example.com", returned: $"List-Unsubscribe: <{link[..^4]}>\r\nMessage-ID: <msg_0000000100000000000000ff@shop.example>")));
        Assert.Empty(await SuppressedAsync(shop));
        Assert.Equal(200, await ReturnAsync(hook, Report("x@shop.example", "carl@example.com", returned: $"List-Unsubscribe: <{link}>\r\nMessage-ID: <msg_0000000100000000000000ff@shop.example>")));
        Assert.Equal(["carl@example.com bounced"], await SuppressedAsync(shop));
    }

    [Fact]
    public async Task A_mailbox_is_read_once_and_what_was_read_is_marked()
    {
        using var shop = await api.NewProjectAsync();
        var (mail, distribution, _) = await SentAsync(shop, "dora@example.com");
        await using var mailbox = ImapSink.Start("bounces", "pw");
        mailbox.Add(Broken);
        mailbox.Add(Report(mail.From, "dora@example.com"));
        mailbox.Add("Subject: Out of office\r\n\r\nBack on Monday");
        var connection = (await shop.GetAsync("/v1/channels")).Ok().GetProperty("data")[0].GetProperty("id").GetString()!;
        var (settings, credentials) = (SettingsOf($""","imap_host":"127.0.0.1","imap_port":{mailbox.Port},"imap_security":"none" """), $$"""{"imap_user":"bounces","imap_password":"wrong"}""");
        (await shop.PutAsync($"/v1/channels/{connection}", $$"""{"settings":{{settings}},"credentials":{{credentials}} }""")).Ok();

        // A password that is wrong is not tried each minute.
        var grain = api.Grains.BounceMailbox(shop.Project.Number, connection);
        await grain.LookAsync();
        await grain.LookAsync();
        Assert.Equal((1, 3), (mailbox.Connections, mailbox.Unseen));
        (await shop.PutAsync($"/v1/channels/{connection}", """{"credentials":{"imap_password":"pw"}}""")).Ok();
        await api.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero, TestContext.Current.CancellationToken);
        await grain.LookAsync();
        Assert.Equal(0, mailbox.Unseen);
        Assert.Equal("bounced", await DeliveryAsync(shop, distribution));
        Assert.Equal(["dora@example.com bounced"], await SuppressedAsync(shop));
        var fetched = mailbox.Fetched;
        await grain.LookAsync();
        Assert.Equal(fetched, mailbox.Fetched);
    }

    [Fact]
    public async Task Of_recipients_tokens_and_addresses_no_more_are_looked_at_than_is_cheap()
    {
        var many = Enumerable.Range(0, 100).ToList();
        var to = string.Join(",\r\n ", many.Select(number => $"bounces+msg_{number:x24}-{new string('0', 20)}@shop.example"));
        var recipients = string.Join("\r\n\r\n", many.Select(number => $"Final-Recipient: rfc822; r{number}@example.com\r\nAction: failed\r\nStatus: 5.1.1"));
        var report = Report(to, "ada@example.com", returned: $"To: {string.Join(",\r\n ", many.Select(number => $"a{number}@example.com"))}")
            .Replace("Reporting-MTA: dns; mx.example\r\n", $"Reporting-MTA: dns; mx.example\r\n\r\n{recipients}\r\n", StringComparison.Ordinal);
        using var mail = new MemoryStream(Encoding.UTF8.GetBytes(report));
        var read = await ReturnedMail.ReadAsync(mail, TestContext.Current.CancellationToken);
        Assert.Equal((16, 16, 16), (read!.Recipients.Count, read.Tokens.Count, read.Addresses.Count));
    }

    [Theory]
    [InlineData("5.1.1", null, true)]
    [InlineData("5.1.1 (bad mailbox)", null, true)]
    [InlineData("5.0.0", "smtp; 550 5.1.1 unknown", true)]
    [InlineData("5.1.10", null, true)]
    [InlineData("5.2.1", "smtp; 550 5.2.1 disabled", true)]
    [InlineData("5.2.1", "smtp; 450 5.2.1 receiving mail at a rate that", false)]
    [InlineData("5.2.2", "smtp; 552 5.2.2 full", false)]
    [InlineData("5.7.1", "smtp; 550 5.7.1 policy", false)]
    [InlineData("4.4.7", null, false)]
    [InlineData("5.0.0", "smtp; 550 no", false)]
    [InlineData(null, null, false)]
    public void A_refusal_is_of_the_address_or_of_the_moment(string? status, string? diagnostic, bool isHard) => Assert.Equal(isHard, BounceRules.IsOfTheAddress(status, diagnostic));

    private async Task<(ReceivedMail Mail, string Distribution, string Hook)> SentAsync(ProjectClient shop, string address)
    {
        var hook = await ConnectAsync(shop);
        await shop.NewCustomerAsync($$"""{"source_id":"ada","name":"Ada","email":"{{address}}"}""");
        var id = await shop.NewDistributionAsync("""
            {"name":"Seen","type":"automatic","trigger":{"type":"customer.custom_event","custom_event":"seen"},"action":{"type":"plain_message"},
             "channels":[{"type":"email","template":{"subject":"Hi","html":"<a href=\"{{ unsubscribe_url }}\">z</a>"}}]}
            """);
        (await shop.PostAsync($"/v1/distributions/{id}/activate")).Ok();
        (await shop.PostAsync("/v1/events", """{"event":"seen","customer":{"source_id":"ada"}}""")).Ok();
        await shop.UntilAsync($"/v1/distributions/{id}/messages", list => list.GetProperty("data").EnumerateArray().Any(message => message.GetProperty("status").GetString() == "sent"));
        return (api.Sink.Received.Single(mail => mail.To.Contains(address)), id, hook);
    }

    private async Task<string> ConnectAsync(ProjectClient shop) => new Uri((await shop.PostAsync(
        "/v1/channels", $$"""{"name":"Mail","type":"email","provider":"smtp","settings":{{SettingsOf("")}},"credentials":{"feedback_secret":"{{Secret}}"} }""")).Ok()
        .GetProperty("receipts_url").GetString()!).PathAndQuery + "/mail";

    private string SettingsOf(string more) =>
        $$"""{"host":"127.0.0.1","port":{{api.Sink.Port}},"security":"none","from":"Shop <news@shop.example>","bounce_address":"bounces@shop.example"{{more}} }""";

    private async Task<int> ReturnAsync(string hook, string mail, string? secret = Secret, bool signed = false)
    {
        using var server = api.Anonymous();
        var body = Encoding.UTF8.GetBytes(mail);
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
        return (await server.SendAsync("POST", hook, content, secret is null ? [] : signed
            ? [("x-signature", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)))]
            : [("authorization", $"Bearer {secret}")])).Status;
    }

    private static async Task<string?> DeliveryAsync(ProjectClient shop, string distribution) =>
        (await shop.GetAsync($"/v1/distributions/{distribution}/messages")).Ok().GetProperty("data")[0].GetProperty("delivery").GetString();

    private static async Task<IEnumerable<string>> SuppressedAsync(ProjectClient shop) => (await shop.GetAsync("/v1/suppressions")).Ok().GetProperty("data").EnumerateArray()
        .Select(row => $"{row.GetProperty("address").GetString()} {row.GetProperty("reason").GetString()}");

    // Says that it is a report, and has no fields.
    private static string Broken => string.Join("\r\n",
    [
        "From: a@b.example", "To: bounces@shop.example", "MIME-Version: 1.0", "Content-Type: multipart/report; report-type=feedback-report; boundary=\"b\"", "",
        "--b", "Content-Type: message/feedback-report", "", "hello there", "--b--", "",
    ]);

    private static string Report(string to, string recipient, string status = "5.1.1", string diagnostic = "550 5.1.1 unknown", string? returned = null) => string.Join("\r\n",
    [
        "From: MAILER-DAEMON@mx.example", $"To: {to}", "Subject: Undelivered Mail Returned to Sender", $"Message-ID: <{status}.{recipient.Length}@mx.example>", "MIME-Version: 1.0",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"", "", "--b", "Content-Type: text/plain", "", "It did not work.",
        "--b", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.example", "",
        $"Final-Recipient: rfc822; {recipient}", "Action: failed", $"Status: {status}", $"Diagnostic-Code: smtp; {diagnostic}", "",
        .. returned is null ? [] : new[] { "--b", "Content-Type: message/rfc822", "", returned, "", "text", "" }, "--b--", "",
    ]);

    private static string Complaint(string returned) => string.Join("\r\n",
    [
        "From: staff@provider.example", "To: abuse@shop.example", "Subject: FW: Hi", "Message-ID: <arf@provider.example>", "MIME-Version: 1.0",
        "Content-Type: multipart/report; report-type=feedback-report; boundary=\"b\"", "", "--b", "Content-Type: text/plain", "", "This is an abuse report.",
        "--b", "Content-Type: message/feedback-report", "", "Feedback-Type: abuse", "User-Agent: SomeGenerator/1.0", "Version: 1", "",
        "--b", "Content-Type: message/rfc822", "", returned, "", "text", "--b--", "",
    ]);
}
