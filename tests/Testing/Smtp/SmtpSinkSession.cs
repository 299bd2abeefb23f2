using System.Buffers.Text;
using System.Net.Security;
using System.Text;

namespace Marketing.Testing;

/// <summary>One conversation. Answers pipelined commands together, as a real server does.</summary>
internal sealed class SmtpSinkSession(SmtpSink sink, Stream stream, int number, CancellationToken stop) : IAsyncDisposable
{
    private readonly MemoryStream _replies = new(1024);
    private readonly List<string> _to = [];
    private Stream _stream = stream;
    private SslStream? _tls;
    private byte[] _buffer = new byte[32 * 1024];
    private int _start;
    private int _end;
    private string? _from;
    private bool _signedIn;
    private int _messages;

    public async Task SecureAsync()
    {
        _tls = new SslStream(_stream, leaveInnerStreamOpen: true);
        await _tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = sink.Certificate }, stop);
        _stream = _tls;
    }

    public async Task RunAsync()
    {
        Reply(sink.Script.Greeting ?? "220 sink ESMTP");
        if (sink.Script.Greeting is not null)
        {
            await FlushAsync();
            return;
        }

        while (await ReadLineAsync() is { } line)
        {
            if (!await HandleAsync(line))
            {
                await FlushAsync();
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
                Reply("220 2.0.0 go ahead");
                await FlushAsync();
                _start = _end = 0;
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
                Reply("250 2.0.0 ok");
                return true;
            case "HELO" or "NOOP":
                Reply("250 2.0.0 ok");
                return true;
            case "QUIT":
                Reply("221 2.0.0 bye");
                return false;
            default:
                Reply("500 5.5.1 unknown command");
                return true;
        }
    }

    private void Greet()
    {
        Reply("250-sink");
        Reply("250-PIPELINING");
        Reply("250-8BITMIME");
        Reply("250-SIZE 35882577");
        Reply("250-ENHANCEDSTATUSCODES");
        if (sink.Options.Utf8)
        {
            Reply("250-SMTPUTF8");
        }

        if (sink.Options.StartTls && _tls is null)
        {
            Reply("250-STARTTLS");
        }

        if (sink.Options.User is not null)
        {
            Reply("250-AUTH PLAIN LOGIN");
        }

        Reply("250 NOOP");
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
        Reply(_signedIn ? "235 2.7.0 welcome" : "535 5.7.8 bad credentials");
    }

    private async Task<string> AskAsync(string prompt)
    {
        Reply(prompt);
        return await ReadLineAsync() ?? "";
    }

    private static string Decode(string base64) =>
        Base64.IsValid(base64) ? Encoding.UTF8.GetString(Convert.FromBase64String(base64)) : "\0\0";

    private bool Mail(string line)
    {
        if (sink.Options.User is not null && !_signedIn)
        {
            Reply("530 5.7.0 sign in first");
            return true;
        }

        if (++_messages > sink.Options.MessagesPerConnection)
        {
            Reply("421 4.7.0 enough for one connection");
            return false;
        }

        if (sink.Script.Sender() is { } scripted)
        {
            Reply(scripted);
            return !scripted.StartsWith("421", StringComparison.Ordinal);
        }

        Forget();
        _from = Address(line);
        Reply("250 2.1.0 ok");
        return true;
    }

    private void Recipient(string line)
    {
        var address = Address(line);
        if (_from is null)
        {
            Reply("503 5.5.1 MAIL first");
        }
        else if (sink.Script.Recipient(address) is { } scripted)
        {
            Reply(scripted);
        }
        else
        {
            _to.Add(address);
            Reply("250 2.1.5 ok");
        }
    }

    private async ValueTask<bool> DataAsync()
    {
        if (_to.Count == 0)
        {
            Reply("503 5.5.1 RCPT first");
            return true;
        }

        Reply("354 go on");
        await FlushAsync();
        if (sink.Script.DropsDuringData() || await ReadDataAsync() is not { } data)
        {
            return false;
        }

        var verdict = _to.Select(sink.Script.Message).FirstOrDefault(reply => reply is not null);
        if (verdict is null)
        {
            sink.Accept(MailHeaders.Read(data.Span, _from!, [.. _to], number, sink.Options.KeepText));
        }

        Forget();
        await sink.Script.BeforeVerdictAsync(stop);
        if (verdict is null && sink.Script.DropsAfterData())
        {
            _replies.SetLength(0);
            return false;
        }

        Reply(verdict ?? "250 2.0.0 taken");
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

    private void Reply(string line)
    {
        _replies.Write(Encoding.UTF8.GetBytes(line));
        _replies.Write("\r\n"u8);
    }

    private async ValueTask FlushAsync()
    {
        if (_replies.Length > 0)
        {
            await _stream.WriteAsync(_replies.GetBuffer().AsMemory(0, (int)_replies.Length), stop);
            _replies.SetLength(0);
        }
    }

    private async ValueTask<string?> ReadLineAsync()
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8);
            if (length >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _start, length);
                _start += length + 2;
                return line;
            }

            // Nothing more to answer at once: what was answered so far goes out now.
            await FlushAsync();
            if (!await FillAsync())
            {
                return null;
            }
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>?> ReadDataAsync()
    {
        var seen = 0;
        while (true)
        {
            var unread = _buffer.AsMemory(_start, _end - _start);
            if (unread.Span.StartsWith(".\r\n"u8))
            {
                _start += 3;
                return ReadOnlyMemory<byte>.Empty;
            }

            var end = unread.Span[seen..].IndexOf("\r\n.\r\n"u8);
            if (end >= 0)
            {
                _start += seen + end + 5;
                return unread[..(seen + end + 2)];
            }

            seen = Math.Max(0, unread.Length - 4);
            if (!await FillAsync())
            {
                return null;
            }
        }
    }

    private async ValueTask<bool> FillAsync()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await _stream.ReadAsync(_buffer.AsMemory(_end), stop);
        _end += read;
        return read > 0;
    }
}
