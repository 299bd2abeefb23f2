using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Marketing.Channels.Email;

/// <summary>One connection to the mail server, used by one message at a time.</summary>
internal sealed class SmtpConnection : IAsyncDisposable
{
    private static readonly TimeSpan QuitTimeout = TimeSpan.FromSeconds(2);

    private static readonly FormatOptions International = new() { International = true };

    private readonly SmtpConversation _conversation = new();
    private readonly PreparedSmtpClient _client;
    private readonly PreparedMessage _message = new();
    private Socket? _socket;

    private SmtpConnection() => _client = new PreparedSmtpClient(_conversation);

    /// <summary>Messages it was asked to carry.</summary>
    public int Messages { get; private set; }

    /// <summary>When it was last put back; a timestamp of the pool's clock.</summary>
    public long IdleSince { get; set; }

    public bool IsConnected => _client.IsConnected;

    /// <inheritdoc cref="SmtpConversation.AwaitsVerdict"/>
    public bool AwaitsVerdict => _conversation.AwaitsVerdict;

    /// <inheritdoc cref="SmtpConversation.Refusal"/>
    public string? Refusal => _conversation.Refusal;

    public static async Task<SmtpConnection> OpenAsync(EmailOptions options, CancellationToken cancellation)
    {
        var connection = new SmtpConnection();
        try
        {
            await connection.ConnectAsync(options, cancellation);
            return connection;
        }
        catch
        {
            connection.Abandon();
            throw;
        }
    }

    /// <summary>Sends and returns the server's answer.</summary>
    public async Task<string> SendAsync(ReadOnlyMemory<byte> message, MailboxAddress from, MailboxAddress to, CancellationToken cancellation)
    {
        // Only the domain of an address can be written in ASCII; the rest takes a server that says so.
        var isAscii = to.LocalPart.All(char.IsAscii);
        if (!isAscii && !_client.Capabilities.HasFlag(SmtpCapabilities.UTF8))
        {
            throw new NotSupportedException();
        }

        Messages++;
        _conversation.StartMessage();
        _message.Fill(message);
        return await _client.SendAsync(isAscii ? FormatOptions.Default : International, _message, from, [to], cancellation);
    }

    /// <summary>Whether nothing came in while it was idle: an idle server speaks only to say goodbye, or closes without a word.</summary>
    public bool IsQuiet() => _client.IsConnected && _socket is { } socket && !socket.Poll(0, SelectMode.SelectRead);

    /// <summary>Asks the server whether it is still there.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            await _client.NoOpAsync(cancellation);
            return true;
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Drops it without a word; for connections in an unknown state.</summary>
    public void Abandon()
    {
        _client.Dispose();
        _message.Dispose();
        _socket?.Dispose();
    }

    /// <summary>Says goodbye, but does not wait for long.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            using var timeout = new CancellationTokenSource(QuitTimeout);
            await _client.DisconnectAsync(quit: true, timeout.Token);
        }
        catch (Exception problem) when (problem is IOException or OperationCanceledException or TimeoutException or MailKit.CommandException or MailKit.ProtocolException)
        {
            // It was to be closed anyway.
        }
        finally
        {
            Abandon();
        }
    }

    private async Task ConnectAsync(EmailOptions options, CancellationToken cancellation)
    {
        _client.Timeout = (int)options.Timeout.TotalMilliseconds;

        // Revocation lists are fetched over plain HTTP from elsewhere, which a closed network does not allow; the platform's default is the same.
        _client.CheckCertificateRevocation = false;
        if (options.AllowInvalidCertificates)
        {
#pragma warning disable CA5359 // The operator asked for exactly this, by name.
            _client.ServerCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        // An own socket for NoDelay: small commands wait for each other's acknowledgements otherwise, at 23 messages a second.
        _socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
        {
            timeout.CancelAfter(options.Timeout);
            try
            {
                await _socket.ConnectAsync(options.Host!, options.Port, timeout.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new TimeoutException();
            }
        }

        await _client.ConnectAsync(_socket, options.Host!, options.Port, SecurityOf(options), cancellation);
        if (options.User is not null)
        {
            await _client.AuthenticateAsync(options.User, options.Password!, cancellation);
        }

        // With SIZE the message would be written twice, once only to count; in chunks its end could not be seen.
        _client.Capabilities &= ~(SmtpCapabilities.Size | SmtpCapabilities.Chunking);
    }

    private static SecureSocketOptions SecurityOf(EmailOptions options) => options.Security switch
    {
        EmailSecurity.None => SecureSocketOptions.None,
        EmailSecurity.StartTls => SecureSocketOptions.StartTls,
        EmailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => options.Port == 465 ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable,
    };
}
