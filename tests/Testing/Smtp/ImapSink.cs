using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Marketing.Testing;

/// <summary>A mailbox behind IMAP, as little of it as reading unread mail takes (RFC 3501).</summary>
public sealed partial class ImapSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<(byte[] Mail, bool IsSeen)> _mails = [];
    private readonly string _user;
    private readonly string _password;
    private readonly Task _serving;
    private int _fetched;
    private int _connections;

    private ImapSink(string user, string password)
    {
        (_user, _password) = (user, password);
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections there were.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>How many mails are unread.</summary>
    public int Unseen
    {
        get
        {
            lock (_lock)
            {
                return _mails.Count(mail => !mail.IsSeen);
            }
        }
    }

    /// <summary>How many times a mail was fetched.</summary>
    public int Fetched => Volatile.Read(ref _fetched);

    public static ImapSink Start(string user, string password) => new(user, password);

    public void Add(string mail)
    {
        lock (_lock)
        {
            _mails.Add((Encoding.UTF8.GetBytes(mail), false));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It was stopped.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        try
        {
            using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
            await SayAsync(stream, "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n");
            while (await reader.ReadLineAsync(_stop.Token) is { } line && line.Split(' ', 3) is [var tag, var verb, ..] parts)
            {
                await SayAsync(stream, await AnswerAsync(stream, reader, tag, verb.ToUpperInvariant(), parts.Length > 2 ? parts[2] : ""));
                if (verb.Equals("LOGOUT", StringComparison.OrdinalIgnoreCase))
                {
                    return;
                }
            }
        }
        catch (IOException)
        {
            // The other side hung up.
        }
    }

    private async Task<string> AnswerAsync(NetworkStream stream, StreamReader reader, string tag, string verb, string rest)
    {
        switch (verb)
        {
            case "CAPABILITY":
                return $"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n{tag} OK done\r\n";
            case "AUTHENTICATE":
                await SayAsync(stream, "+ \r\n");
                var given = Encoding.UTF8.GetString(Convert.FromBase64String((await reader.ReadLineAsync(_stop.Token))!));
                return SignIn(tag, given == $"\0{_user}\0{_password}");
            case "LOGIN":
                return SignIn(tag, rest.Contains(_user, StringComparison.Ordinal) && rest.Contains(_password, StringComparison.Ordinal));
            case "LIST" or "LSUB":
                return $"* LIST (\\HasNoChildren) \"/\" \"INBOX\"\r\n{tag} OK done\r\n";
            case "SELECT":
                return $"* {Count} EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Seen)\r\n* OK [PERMANENTFLAGS (\\Seen)]\r\n* OK [UIDVALIDITY 1]\r\n* OK [UIDNEXT {Count + 1}]\r\n{tag} OK [READ-WRITE] done\r\n";
            case "UID":
                return await OfMailsAsync(stream, tag, rest);
            case "LOGOUT":
                return $"* BYE\r\n{tag} OK done\r\n";
            default:
                return $"{tag} OK done\r\n";
        }
    }

    private int Count
    {
        get
        {
            lock (_lock)
            {
                return _mails.Count;
            }
        }
    }

    private static string SignIn(string tag, bool isRight) => isRight ? $"{tag} OK done\r\n" : $"{tag} NO [AUTHENTICATIONFAILED] wrong\r\n";

    private async Task<string> OfMailsAsync(NetworkStream stream, string tag, string rest)
    {
        if (rest.StartsWith("SEARCH", StringComparison.OrdinalIgnoreCase))
        {
            lock (_lock)
            {
                return $"* SEARCH {string.Join(' ', _mails.Index().Where(mail => !mail.Item.IsSeen).Select(mail => mail.Index + 1))}\r\n{tag} OK done\r\n";
            }
        }

        var uids = Set().Match(rest).Value.Split(',').SelectMany(part => part.Split(':') is [var from, var to] ? Enumerable.Range(int.Parse(from, null), int.Parse(to, null) - int.Parse(from, null) + 1) : [int.Parse(part, null)]);
        foreach (var uid in uids)
        {
            if (rest.StartsWith("STORE", StringComparison.OrdinalIgnoreCase))
            {
                lock (_lock)
                {
                    _mails[uid - 1] = _mails[uid - 1] with { IsSeen = true };
                }
            }
            else if (rest.Contains("RFC822.SIZE", StringComparison.OrdinalIgnoreCase))
            {
                await SayAsync(stream, $"* {uid} FETCH (UID {uid} RFC822.SIZE {MailOf(uid).Length})\r\n");
            }
            else
            {
                Interlocked.Increment(ref _fetched);
                await SayAsync(stream, $"* {uid} FETCH (UID {uid} BODY[] {{{MailOf(uid).Length}}}\r\n");
                await stream.WriteAsync(MailOf(uid), _stop.Token);
                await SayAsync(stream, ")\r\n");
            }
        }

        return $"{tag} OK done\r\n";
    }

    private byte[] MailOf(int uid)
    {
        lock (_lock)
        {
            return _mails[uid - 1].Mail;
        }
    }

    private async Task SayAsync(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), _stop.Token);

    [GeneratedRegex(@"[0-9:,]+")]
    private static partial Regex Set();
}
