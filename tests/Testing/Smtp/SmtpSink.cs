using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Marketing.Testing;

/// <summary>
/// A mail server on loopback that remembers what arrived: the judge of what was really sent. Speaks SMTP over real sockets,
/// fast enough to measure against.
/// </summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<int, Socket> _open = new();
    private readonly ConcurrentDictionary<string, int> _commands = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly List<ReceivedMail> _received = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];
    private Task _accepting;
    private int _connections;
    private int _disposed;

    private SmtpSink(SmtpSinkOptions options)
    {
        Options = options;
        Certificate = options.StartTls || options.ImplicitTls ? SelfSigned() : null;
        _listener = Listen(options.Port);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_listener);
    }

    public static string Host => "127.0.0.1";

    public int Port { get; }

    public SmtpScript Script { get; } = new();

    /// <summary>Every mail whose content came in, and what it was answered.</summary>
    public SinkAttempts Attempts { get; } = new();

    /// <summary>Connections so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Connections open now.</summary>
    public int OpenConnections => _open.Count;

    /// <summary>Mails so far.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _received.Count;
            }
        }
    }

    /// <summary>The mails so far, in the order they arrived.</summary>
    public IReadOnlyList<ReceivedMail> Received
    {
        get
        {
            lock (_lock)
            {
                return [.. _received];
            }
        }
    }

    internal SmtpSinkOptions Options { get; }

    internal X509Certificate2? Certificate { get; }

    public static SmtpSink Start(SmtpSinkOptions? options = null) => new(options ?? new SmtpSinkOptions());

    /// <summary>The mails to one address so far.</summary>
    public IReadOnlyList<ReceivedMail> To(string address) =>
        [.. Received.Where(mail => mail.To.Contains(address, StringComparer.OrdinalIgnoreCase))];

    /// <summary>How often a command was given so far.</summary>
    public int Commands(string verb) => _commands.GetValueOrDefault(verb);

    /// <summary>Completes when so many mails have arrived; a <see cref="TimeoutException"/> says how many had.</summary>
    public async Task WaitForAsync(int count, TimeSpan timeout)
    {
        Task reached;
        lock (_lock)
        {
            if (_received.Count >= count)
            {
                return;
            }

            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, source));
            reached = source.Task;
        }

        try
        {
            await reached.WaitAsync(timeout);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{Count} of {count} mails arrived within {timeout}.");
        }
    }

    /// <summary>Closes all connections as a server does that was restarted.</summary>
    public void CloseConnections()
    {
        foreach (var socket in _open.Values)
        {
            socket.Dispose();
        }
    }

    /// <summary>Takes no new connections for a while; those that are open go on.</summary>
    public async Task RefuseAsync(TimeSpan length)
    {
        _listener.Stop();
        await _accepting;
        await Task.Delay(length, _stop.Token);
        _listener = Listen(Port);
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>Forgets the mails so far.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _received.Clear();
            Attempts.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stop.CancelAsync();
        _listener.Stop();
        CloseConnections();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
        Certificate?.Dispose();
    }

    internal void Note(string verb) => _commands.AddOrUpdate(verb, 1, static (_, count) => count + 1);

    internal void Accept(ReceivedMail mail)
    {
        lock (_lock)
        {
            _received.Add(mail);
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (_received.Count >= _waiting[i].Count)
                {
                    _waiting[i].Reached.SetResult();
                    _waiting.RemoveAt(i);
                }
            }
        }
    }

    internal static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start(512);
        return listener;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (!_stop.IsCancellationRequested && listener.Server.IsBound)
        {
            try
            {
                var socket = await listener.AcceptSocketAsync(_stop.Token);
                socket.NoDelay = true;
                var number = Interlocked.Increment(ref _connections);
                _open[number] = socket;
                _ = ServeAsync(socket, number);
            }
            catch (Exception problem) when (problem is OperationCanceledException or SocketException or InvalidOperationException)
            {
                // Stopped, refusing, or a client that was gone before it was accepted.
            }
        }
    }

    private async Task ServeAsync(Socket socket, int number)
    {
        try
        {
            await using Stream stream = new NetworkStream(socket, ownsSocket: true);
            await using var session = new SmtpSinkSession(this, stream, number, _stop.Token);
            if (Options.ImplicitTls)
            {
                await session.SecureAsync();
            }

            await session.RunAsync();
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException or OperationCanceledException or SocketException
            or System.Security.Authentication.AuthenticationException)
        {
            // The client went away, or the test ended.
        }
        finally
        {
            _open.TryRemove(number, out _);
            socket.Dispose();
        }
    }
}
