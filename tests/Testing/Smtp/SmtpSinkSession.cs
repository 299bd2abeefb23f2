using System.Buffers.Text;
using System.Net.Security;
using System.Text;

namespace Marketing.Testing;

/// <summary>One conversation. Answers pipelined commands together, as a real server does.</summary>
internal sealed class SmtpSinkSession(SmtpSink sink, Stream stream, int number, CancellationToken stop) : IAsyncDisposable
{
    private readonly SmtpSinkWire _wire = new(stream, stop);
    private readonly List<string> _to = [];
    private SslStream? _tls;
    private string? _from;
    private bool _signedIn;
    private int _messages;

    public async Task SecureAsync()
    {
        _tls = new SslStream(stream, leaveInnerStreamOpen: true);
        await _tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = sink.Certificate }, stop);
        _wire.Switch(_tls);
    }

    public async Task RunAsync()
    {
        _wire.Reply(sink.Script.Greeting ?? "220 sink ESMTP");
        if (sink.Script.Greeting is not null)
        {
            await _wire.FlushAsync();
            return;
        }

        while (await _wire.ReadLineAsync() is { } line)
        {
            if (_wire.HasMore && !sink.Options.Pipelining)
            {
                _wire.Reply("554 5.5.0 not your turn");
                await _wire.FlushAsync();
                return;
            }

            if (!await HandleAsync(line))
            {
                await _wire.FlushAsync();
                return;
            }
        }
    }

    public ValueTask DisposeAsync() => _tls?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async ValueTask<bool> HandleAsync(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var verb = (space < 0 ? line : line[..space]).ToUpperInvariant();
        sink.Note(verb);
        switch (verb)
        {
            case "EHLO":
                Greet();
                return true;
            case "STARTTLS" when sink.Options.StartTls && _tls is null:
                _wire.Reply("220 2.0.0 go ahead");
                await _wire.FlushAsync();
                await SecureAsync();
                return true;
            case "AUTH":
                await SignInAsync(line);
                return true;
            case "MAIL":
                return Mail(line);
            case "RCPT":
                Recipient(line);
                return true;
            case "DATA":
                return await DataAsync();
            case "RSET":
                Forget();
                _wire.Reply("250 2.0.0 ok");
                return true;
            case "HELO" or "NOOP":
                _wire.Reply("250 2.0.0 ok");
                return true;
            case "QUIT":
                _wire.Reply("221 2.0.0 bye");
                return false;
            default:
                _wire.Reply("500 5.5.1 unknown command");
                return true;
        }
    }

    private void Greet()
    {
        _wire.Reply("250-sink");
        if (sink.Options.Pipelining)
        {
            _wire.Reply("250-PIPELINING");
        }

        _wire.Reply("250-8BITMIME");
        _wire.Reply("250-SIZE 35882577");
        _wire.Reply("250-ENHANCEDSTATUSCODES");
        if (sink.Options.Utf8)
        {
            _wire.Reply("250-SMTPUTF8");
        }

        if (sink.Options.StartTls && _tls is null)
        {
            _wire.Reply("250-STARTTLS");
        }

        if (sink.Options.User is not null)
        {
            _wire.Reply("250-AUTH PLAIN LOGIN");
        }

        _wire.Reply("250 NOOP");
    }

    private async Task SignInAsync(string line)
    {
        var words = line.Split(' ');
        string user, password;
        if (words[1].Equals("PLAIN", StringComparison.OrdinalIgnoreCase))
        {
            var parts = Decode(words.Length > 2 ? words[2] : await AskAsync("334 ")).Split('\0');
            (user, password) = (parts[1], parts[2]);
        }
        else
        {
            user = Decode(words.Length > 2 ? words[2] : await AskAsync("334 VXNlcm5hbWU6"));
            password = Decode(await AskAsync("334 UGFzc3dvcmQ6"));
        }

        _signedIn = user == sink.Options.User && password == sink.Options.Password;
        _wire.Reply(_signedIn ? "235 2.7.0 welcome" : "535 5.7.8 bad credentials");
    }

    private async Task<string> AskAsync(string prompt)
    {
        _wire.Reply(prompt);
        return await _wire.ReadLineAsync() ?? "";
    }

    private static string Decode(string base64) =>
        Base64.IsValid(base64) ? Encoding.UTF8.GetString(Convert.FromBase64String(base64)) : "\0\0";

    private bool Mail(string line)
    {
        if (sink.Options.User is not null && !_signedIn)
        {
            _wire.Reply("530 5.7.0 sign in first");
            return true;
        }

        if (++_messages > sink.Options.MessagesPerConnection)
        {
            _wire.Reply("421 4.7.0 enough for one connection");
            return false;
        }

        if (sink.Script.Sender() is { } scripted)
        {
            _wire.Reply(scripted);
            return !scripted.StartsWith("421", StringComparison.Ordinal);
        }

        Forget();
        _from = Address(line);
        _wire.Reply("250 2.1.0 ok");
        return true;
    }

    private void Recipient(string line)
    {
        var address = Address(line);
        if (_from is null)
        {
            _wire.Reply("503 5.5.1 MAIL first");
        }
        else if (sink.Script.Recipient(address) is { } scripted)
        {
            _wire.Reply(scripted);
        }
        else
        {
            _to.Add(address);
            _wire.Reply("250 2.1.5 ok");
        }
    }

    private async ValueTask<bool> DataAsync()
    {
        if (_to.Count == 0 && !sink.Options.AllowsMessagesToNobody)
        {
            _wire.Reply("503 5.5.1 RCPT first");
            return true;
        }

        _wire.Reply("354 go on");
        await _wire.FlushAsync();
        if (sink.Script.DropsDuringData() || await _wire.ReadDataAsync() is not { } data)
        {
            return false;
        }

        var verdict = _to.Select(sink.Script.Message).FirstOrDefault(reply => reply is not null);
        if (_to.Count == 0 && data.IsEmpty)
        {
            verdict = "554 5.5.1 no recipients";
        }

        var mail = MailHeaders.Read(data.Span, _from!, [.. _to], number, sink.Options.KeepText);
        var attempt = sink.Attempts.Begin(mail.MessageId.Split('@')[0]);
        var answer = verdict is null ? sink.Script.Answers?.Invoke(attempt) : null;
        verdict ??= answer?.Refusal;
        if (verdict is null)
        {
            sink.Accept(mail);
        }

        Forget();
        await sink.Script.BeforeVerdictAsync(answer?.Delay ?? TimeSpan.Zero, stop);
        if (verdict is null && sink.Script.DropsAfterData())
        {
            _wire.DropReplies();
            return false;
        }

        _wire.Reply(verdict ?? "250 2.0.0 taken");
        if (verdict is null)
        {
            if (answer is not null)
            {
                await _wire.FlushAsync();
            }

            attempt.Accept();
        }

        return verdict?.StartsWith("421", StringComparison.Ordinal) is not true;
    }

    private void Forget()
    {
        _from = null;
        _to.Clear();
    }

    private static string Address(string line)
    {
        var open = line.IndexOf('<', StringComparison.Ordinal);
        var close = line.IndexOf('>', StringComparison.Ordinal);
        return open < 0 || close < open ? "" : line[(open + 1)..close];
    }
}
