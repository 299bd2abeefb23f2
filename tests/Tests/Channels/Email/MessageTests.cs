using System.Text;
using Marketing.Storage;
using MimeKit;
using Xunit;

namespace Marketing.Channels.Email;

public sealed class MessageTests
{
    [Fact]
    public async Task A_message_carries_both_parts_and_its_headers()
    {
        await using var email = EmailHarness.Start();
        var (mail, raw) = await email.ArrivesAsync(EmailHarness.Message(unsubscribe: "https://shop.example/u/1?t=a&b=c"));

        Assert.Equal("Hello Ada", mail.Subject);
        Assert.Equal("\"The Shop\" <news@shop.example>", mail.From.ToString());
        Assert.Equal("\"Ada\" <ada@example.com>", mail.To.ToString());
        Assert.Equal("msg_1@shop.example", mail.MessageId);
        Assert.Equal(email.Clock.GetUtcNow(), mail.Date);
        Assert.Equal("Dear Ada", mail.TextBody!.TrimEnd());
        Assert.Equal("<p>Dear Ada</p>", mail.HtmlBody!.TrimEnd());
        Assert.IsType<MultipartAlternative>(mail.Body);
        Assert.Equal("<https://shop.example/u/1?t=a&b=c>", mail.Headers[HeaderId.ListUnsubscribe]);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        Assert.DoesNotContain('\n', raw.Replace("\r\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_unsubscribe_address_arrives_unbroken()
    {
        await using var email = EmailHarness.Start();
        var url = $"https://shop.example/unsubscribe/{new string('t', 300)}?d=dist_1";
        var (mail, _) = await email.ArrivesAsync(EmailHarness.Message(unsubscribe: url));
        Assert.Equal($"<{url}>", mail.Headers[HeaderId.ListUnsubscribe]);
    }

    [Fact]
    public async Task A_message_without_html_is_plain_text_and_without_unsubscribe_headers()
    {
        await using var email = EmailHarness.Start();
        var (mail, _) = await email.ArrivesAsync(EmailHarness.Message(channel: EmailHarness.Channel(new ChannelTemplate { Subject = "s", Text = "t" })));
        Assert.IsType<TextPart>(mail.Body);
        Assert.Null(mail.Headers[HeaderId.ListUnsubscribe]);
    }

    [Theory]
    [InlineData("Жанна Дарк")]
    [InlineData("李小龍")]
    [InlineData("Zoë \"Z\" <Müller>, MSc")]
    public async Task Foreign_letters_survive_in_names_subjects_and_parts(string name)
    {
        await using var email = EmailHarness.Start();
        var (mail, raw) = await email.ArrivesAsync(EmailHarness.Message(name: name));
        Assert.Equal(name, mail.To.Mailboxes.Single().Name);
        Assert.Equal($"Hello {name}", mail.Subject);
        Assert.Equal($"Dear {name}", mail.TextBody!.TrimEnd());
        Assert.Single(mail.To);
        Assert.True(raw.All(char.IsAscii));
    }

    [Theory]
    [InlineData("=?utf-8?B?U3B5?=")]
    [InlineData("=?utf-8?Q?Spy?= =?utf-8?Q?Spy?=")]
    [InlineData("Ada =?iso-8859-1?q?=0D=0ABcc:_spy@example.com?= and a tail that makes it longer than a line of a header")]
    [InlineData("жанна =?utf-8?B?U3B5?=")]
    public async Task What_looks_encoded_is_not_decoded_by_who_receives_it(string name)
    {
        await using var email = EmailHarness.Start();
        var channel = EmailHarness.Channel(new ChannelTemplate
        {
            Subject = "{{ customer.name }}",
            Text = "t",
            FromName = name,
            ReplyTo = "\"=?utf-8?B?PT91dGYtOD9CP1UzQjU/PQ==?=\" <replies@shop.example>",
        });
        var (mail, raw) = await email.ArrivesAsync(EmailHarness.Message(name: name, channel: channel));

        Assert.Equal((name, name, name), (mail.Subject, mail.To.Mailboxes.Single().Name, mail.From.Mailboxes.Single().Name));
        Assert.Equal("ada@example.com", mail.To.Mailboxes.Single().Address);
        Assert.Equal("replies@shop.example", mail.ReplyTo.Mailboxes.Single().Address);
        var head = raw[..raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
        Assert.DoesNotContain("U3B5?=", head, StringComparison.Ordinal);
        Assert.DoesNotContain("Spy", head, StringComparison.Ordinal);
        Assert.All(head.Split("\r\n"), line => Assert.InRange(line.Length, 1, 76));
    }

    [Fact]
    public async Task A_domain_in_foreign_letters_is_sent_in_its_ascii_form()
    {
        await using var email = EmailHarness.Start();
        var (_, raw) = await email.ArrivesAsync(EmailHarness.Message("info@bücher.example"));
        Assert.Equal(["info@xn--bcher-kva.example"], email.Sink.Received[0].To);
        Assert.Contains("info@xn--bcher-kva.example", raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Info@BÜCHER.example", "Info@xn--bcher-kva.example")]
    [InlineData("info@XN--BCHER-KVA.example", "info@XN--BCHER-KVA.example")]
    [InlineData("info@bücher。example", "info@xn--bcher-kva.example")]
    [InlineData("a%b@x.example", "a%b@x.example")]
    [InlineData("a!b#c$d&e'f*g/h=i?j^k`l{m|n}o~p@x.example", "a!b#c$d&e'f*g/h=i?j^k`l{m|n}o~p@x.example")]
    public async Task An_address_reaches_its_mailbox_however_it_is_spelt(string given, string reached)
    {
        await using var email = EmailHarness.Start();
        var (mail, _) = await email.ArrivesAsync(EmailHarness.Message(given));
        Assert.Equal([reached], email.Sink.Received[0].To);
        Assert.Equal(reached, mail.To.Mailboxes.Single().GetAddress(idnEncode: true));
    }

    [Fact]
    public async Task All_spellings_of_an_address_are_one_for_suppressions()
    {
        await using var email = EmailHarness.Start();
        foreach (var spelling in new[] { "plain@münchen.example", "Plain@MÜNCHEN.example", "plain@xn--mnchen-3ya.example", " plain@XN--MNCHEN-3YA.Example" })
        {
            Assert.Equal(new Reachability("plain@xn--mnchen-3ya.example", null), email.Channels.Reach(EmailHarness.Message(spelling).Recipient));
        }

        Assert.Equal(SkipReasons.InvalidAddress, email.Channels.Reach(EmailHarness.Message($"a@{new string('ü', 64)}.example").Recipient).SkipReason);
    }

    [Fact]
    public async Task A_name_with_line_breaks_cannot_inject_a_header()
    {
        await using var email = EmailHarness.Start();
        var (mail, raw) = await email.ArrivesAsync(EmailHarness.Message(name: "Ada\r\nBcc: spy@example.com\r\n\r\n<script>"));
        Assert.Null(mail.Headers[HeaderId.Bcc]);
        Assert.DoesNotContain("\r\nBcc:", raw[..raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)], StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Hello Ada  Bcc: spy@example.com    <script>", mail.Subject);
        Assert.Contains("&lt;script&gt;", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Equal(["ada@example.com"], email.Sink.Received[0].To);
    }

    [Theory]
    [InlineData("https://shop.example/\r\nBcc: spy@example.com")]
    [InlineData("https://shop.example/>,<mailto:spy@example.com")]
    [InlineData("no url")]
    public async Task An_unsafe_unsubscribe_address_is_left_out(string url)
    {
        await using var email = EmailHarness.Start();
        var (mail, raw) = await email.ArrivesAsync(EmailHarness.Message(unsubscribe: url));
        Assert.Null(mail.Headers[HeaderId.ListUnsubscribe]);
        Assert.DoesNotContain("spy@example.com", raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retry_keeps_its_message_id()
    {
        await using var email = EmailHarness.Start();
        email.Sink.Script.OnMessage("ada@example.com", "451 4.0.0 not now", times: 1);
        Assert.IsType<DeliveryOutcome.TemporaryFailure>(await email.DeliverAsync(EmailHarness.Message()));
        email.Clock.Advance(TimeSpan.FromSeconds(5));
        await email.ArrivesAsync(EmailHarness.Message() with { Attempt = 2 });
        await email.ArrivesAsync(EmailHarness.Message() with { Attempt = 3 });
        Assert.All(email.Sink.Received, mail => Assert.Equal("msg_1@shop.example", mail.MessageId));
    }

    [Fact]
    public async Task Lines_of_dots_and_lines_of_any_length_arrive_as_written()
    {
        await using var email = EmailHarness.Start();
        var text = $".\n..\n.x\n{new string('y', 5000)}\nend";
        var (mail, raw) = await email.ArrivesAsync(EmailHarness.Message(channel: EmailHarness.Channel(new ChannelTemplate { Subject = "s", Text = text })));
        Assert.Equal(text, mail.TextBody!.ReplaceLineEndings("\n").TrimEnd());
        Assert.All(raw.Split("\r\n"), line => Assert.True(line.Length <= 998));
    }

    [Theory]
    [InlineData("trailing space \n and é = equals\n")]
    [InlineData("é")]
    [InlineData("ends with a space and é ")]
    [InlineData("--=_part\nnot a boundary")]
    [InlineData("a\u0000b\tc")]
    [InlineData("ééééééééééééééééééééééééééééééééééééééééééé and much plain text so that it stays quoted printable, and on, and on, and on, and on, and on, "
        + "and on, and on, and on, and on, and on, and on, and on, and on, and on, and on, and on, and on, and on, and on, and on, and on, and on")]
    public async Task Every_text_arrives_as_written(string text)
    {
        await using var email = EmailHarness.Start();
        var channel = EmailHarness.Channel(new ChannelTemplate { Subject = "s", Text = text, Html = text });
        var (mail, raw) = await email.ArrivesAsync(EmailHarness.Message(channel: channel));
        Assert.Equal(text.TrimEnd('\n'), mail.TextBody!.ReplaceLineEndings("\n").TrimEnd('\n'));
        Assert.Equal(text.TrimEnd('\n'), mail.HtmlBody!.ReplaceLineEndings("\n").TrimEnd('\n'));
        Assert.All(raw.Split("\r\n"), line => Assert.True(line.Length <= 78));
    }

    [Fact]
    public async Task A_long_subject_and_a_long_name_are_folded()
    {
        await using var email = EmailHarness.Start();
        var name = string.Join(' ', Enumerable.Repeat("Maximiliane Жанна", 12));
        var (mail, raw) = await email.ArrivesAsync(EmailHarness.Message(name: name));
        Assert.Equal((name, $"Hello {name}"), (mail.To.Mailboxes.Single().Name, mail.Subject));
        Assert.All(raw.Split("\r\n"), line => Assert.True(line.Length <= 78 || line.Contains("Dear", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_reply_address_and_a_test_address_are_used()
    {
        await using var email = EmailHarness.Start();
        var channel = EmailHarness.Channel(new ChannelTemplate { Subject = "s", Text = "t", ReplyTo = "Help <help@shop.example>" });
        var (mail, _) = await email.ArrivesAsync(EmailHarness.Message(channel: channel) with { AddressOverride = "tester@example.com" });
        Assert.Equal("help@shop.example", mail.ReplyTo.Mailboxes.Single().Address);
        Assert.Equal(["tester@example.com"], email.Sink.Received[0].To);
    }

    [Fact]
    public void Html_alone_becomes_readable_text()
    {
        const string html = """
            <html><head><title>x</title><style>p { color: red }</style></head><body>
            <h1>Hello &amp; welcome</h1><p>Your   code:
            <b>ABC</b>&nbsp;now.<br>Line two</p><!-- hidden > --><ul><li>One</li><li>Two</li></ul>
            <p><a href="https://x.test/?a=1&amp;b=2">Shop now</a> or <a href='https://x.test'>https://x.test</a></p><img src="a.png" alt="Logo"></body></html>
            """;
        const string text = """
            Hello & welcome

            Your code: ABC now.
            Line two

            - One
            - Two

            Shop now (https://x.test/?a=1&b=2) or https://x.test

            Logo

            """;
        Assert.Equal(text.ReplaceLineEndings("\n"), TextOfHtml.Of(html));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<")]
    [InlineData("<a href=")]
    [InlineData("<a href='x")]
    [InlineData("<style>p")]
    [InlineData("<!--")]
    [InlineData("</")]
    [InlineData("<li")]
    public void Broken_html_becomes_text_without_failing(string html) => Assert.NotNull(TextOfHtml.Of(html));

    [Fact]
    public async Task The_outbox_has_one_complete_file_for_each_message()
    {
        var directory = Path.Combine(Path.GetTempPath(), $"outbox-{Guid.NewGuid():n}");
        await using var email = EmailHarness.Outbox(directory);
        try
        {
            Assert.IsType<DeliveryOutcome.Sent>(await email.DeliverAsync(EmailHarness.Message()));
            Assert.IsType<DeliveryOutcome.Sent>(await email.DeliverAsync(EmailHarness.Message(name: "Ada again")));
            Assert.IsType<DeliveryOutcome.Sent>(await email.DeliverAsync(EmailHarness.Message(id: "../msg_2")));

            Assert.Equal(["___msg_2.eml", "msg_1.eml"], Directory.GetFiles(directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            var mail = await MimeMessage.LoadAsync(Path.Combine(directory, "msg_1.eml"), TestContext.Current.CancellationToken);
            Assert.Equal("Hello Ada again", mail.Subject);
            Assert.Equal(0, email.Sink.Connections);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void A_preview_shows_the_message_and_sends_nothing()
    {
        var directory = Path.Combine(Path.GetTempPath(), $"outbox-{Guid.NewGuid():n}");
        var harness = EmailHarness.Outbox(directory);
        var preview = harness.Channels.Preview(EmailHarness.Message());
        Assert.Equal(
            """{"subject":"Hello Ada","html":"<p>Dear Ada</p>","text":"Dear Ada","from":"The Shop <news@shop.example>","to":"Ada <ada@example.com>"}""",
            Encoding.UTF8.GetString(preview.Utf8.Span));
        Assert.False(Directory.Exists(directory));
    }
}
