using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using MailKit.Net.Smtp;
using Marketing.Testing;
using MimeKit;

namespace Marketing.Bench;

internal sealed class EmailScenario : IScenario
{
    private const int Mails = 100_000;
    private const int Connections = 16;

    public string Name => "email";

    public string What => "a manual distribution by email into an SMTP sink, beside a bare loop over pooled MailKit connections";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var sink = SmtpSink.Start(new SmtpSinkOptions());
        var bareBefore = await BareLoopAsync(sink.Port);

        var settings = new Dictionary<string, string>
        {
            ["Distributions:Email:Host"] = SmtpSink.Host,
            ["Distributions:Email:Port"] = sink.Port.ToString(CultureInfo.InvariantCulture),
            ["Distributions:Email:From"] = "shop@example.com",
            ["Distributions:Email:Security"] = "None",
            ["Distributions:Email:MaxConnections"] = Connections.ToString(CultureInfo.InvariantCulture),
        };
        await using var shop = await Shop.OpenAsync(settings);
        await shop.ImportCustomersAsync(Mails);
        var segment = await shop.SegmentAsync("all", "source_id", "$starts_with", "c-");
        await shop.SyncedAsync(segment);

        // Once to warm up, as the bare loop has by its second half: the first mails of a process are compiled more than sent.
        await SendAsync(shop, segment, "warm up");
        var watch = Stopwatch.StartNew();
        var processor = shop.Engine.ProcessorTime;
        await SendAsync(shop, segment, "mail");
        var engine = Mails / watch.Elapsed.TotalSeconds;
        processor = shop.Engine.ProcessorTime - processor;
        var bareAfter = await BareLoopAsync(sink.Port);
        return
        [
            new Figure("mails, durable", engine, "/s", null, "bare MailKit loop", (bareBefore + bareAfter) / 2),
            new Figure("processor time a mail, without the sink", processor.TotalMicroseconds / Mails, "us"),
            shop.PeakMemory("mailing"),
        ];
    }

    private static async Task SendAsync(Shop shop, string segment, string name)
    {
        var id = await shop.DistributionAsync(new
        {
            name,
            type = "manual",
            audience = new { segment_id = segment },
            action = new { type = "plain_message" },
            channels = new[] { new { type = "email", template = new { subject = "Hello {{ customer.name }}", text = "Dear {{ customer.name }}, see you in {{ customer.address.city }}." } } },
        });
        await shop.UntilAsync($"/v1/distributions/{id}", view => view.GetProperty("status").GetString() == "sent");
    }

    private static async Task<double> BareLoopAsync(int port)
    {
        var left = Mails / 2;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(SmtpSink.Host, port);
            using var client = new SmtpClient();
            await client.ConnectAsync(socket, SmtpSink.Host, port, MailKit.Security.SecureSocketOptions.None);
            for (var i = Interlocked.Decrement(ref left); i >= 0; i = Interlocked.Decrement(ref left))
            {
                using var message = new MimeMessage
                {
                    Subject = $"Hello Customer {i}",
                    Body = new TextPart("plain") { Text = $"Dear Customer {i}, see you in Oslo." },
                };
                message.From.Add(new MailboxAddress("Shop", "shop@example.com"));
                message.To.Add(new MailboxAddress($"Customer {i}", $"c{i}@example.com"));
                await client.SendAsync(message);
            }

            await client.DisconnectAsync(true);
        })));
        return Mails / 2 / watch.Elapsed.TotalSeconds;
    }
}
