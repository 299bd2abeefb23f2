using System.Diagnostics;
using System.Net.Sockets;
using MailKit.Net.Smtp;
using Marketing.Testing;
using MimeKit;

namespace Marketing.Bench.Yardsticks;

/// <summary>A loop over pooled MailKit connections that composes and sends, and remembers nothing.</summary>
internal sealed class BareMail(int port, int connections, int mails) : IYardstick
{
    public string Name => "bare MailKit loop";

    public async Task<double> MeasureAsync()
    {
        var left = mails;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
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
        return mails / watch.Elapsed.TotalSeconds;
    }
}
