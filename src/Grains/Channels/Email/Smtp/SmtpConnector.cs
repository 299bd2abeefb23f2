using System.Net.Security;
using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;
using Marketing.Channels.Webhooks;

namespace Marketing.Channels.Email.Smtp;

/// <summary>
/// Opens connections. The socket and its encryption are our own, because messages go past the client; greeting, capabilities and
/// signing in are the client's.
/// </summary>
internal static class SmtpConnector
{
    private static readonly GuardedConnector Public = new(allowPrivateNetworks: false);

    private static ReadOnlySpan<byte> SecuredGreeting => "220 secured\r\n"u8;

    public static async Task<SmtpConnection> OpenAsync(EmailOptions options, CancellationToken cancellation)
    {
        // NoDelay: small commands wait for each other's acknowledgements otherwise, at 23 messages a second.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        SmtpClient? client = null;
        try
        {
            await ConnectAsync(socket, options, cancellation);
            (client, var stream) = await GreetAsync(new NetworkStream(socket), options, cancellation);
            if (options.User is not null)
            {
                await client.AuthenticateAsync(options.User, options.Password!, cancellation);
            }

            return new SmtpConnection(client, socket, stream);
        }
        catch
        {
            client?.Dispose();
            socket.Dispose();
            throw;
        }
    }

    private static async Task ConnectAsync(Socket socket, EmailOptions options, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(options.Timeout);
        try
        {
            if (options.PublicOnly)
            {
                await socket.ConnectAsync(await Public.AddressesAsync(options.Host!, deadline.Token), options.Port, deadline.Token);
            }
            else
            {
                await socket.ConnectAsync(options.Host!, options.Port, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    private static async Task<(SmtpClient Client, SmtpStream Stream)> GreetAsync(Stream network, EmailOptions options, CancellationToken cancellation)
    {
        if (options.Security is EmailSecurity.Tls || (options.Security is EmailSecurity.Auto && options.Port == 465))
        {
            return await GreetAsync<SmtpClient>(new SmtpStream(await SecureAsync(network, options, cancellation), options.Timeout), options, cancellation);
        }

        var (client, stream) = await GreetAsync<StartTlsClient>(new SmtpStream(network, options.Timeout), options, cancellation);
        if (options.Security is EmailSecurity.None || (options.Security is EmailSecurity.Auto && !client.Capabilities.HasFlag(SmtpCapabilities.StartTLS)))
        {
            return (client, stream);
        }

        // What the server said before it was secured is forgotten with this client.
        using (client)
        {
            if (!client.Capabilities.HasFlag(SmtpCapabilities.StartTLS))
            {
                throw new NotSupportedException("The server does not offer STARTTLS.");
            }

            await client.StartTlsAsync(cancellation);
        }

        var secured = await SecureAsync(network, options, cancellation);
        return await GreetAsync<SmtpClient>(new SmtpStream(secured, options.Timeout, SecuredGreeting.ToArray()), options, cancellation);
    }

    private static async Task<(TClient Client, SmtpStream Stream)> GreetAsync<TClient>(SmtpStream stream, EmailOptions options, CancellationToken cancellation)
        where TClient : SmtpClient, new()
    {
        var client = new TClient();
        try
        {
            await client.ConnectAsync(stream, options.Host!, options.Port, SecureSocketOptions.None, cancellation);
            return (client, stream);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private static async Task<Stream> SecureAsync(Stream network, EmailOptions options, CancellationToken cancellation)
    {
        var secured = new SslStream(network);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(options.Timeout);
        try
        {
            // Revocation lists are fetched over plain HTTP from elsewhere, which a closed network does not allow; the platform's default is the same.
            await secured.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = options.Host,
#pragma warning disable CA5359 // The operator asked for exactly this, by name.
                    RemoteCertificateValidationCallback = options.AllowInvalidCertificates ? (_, _, _, _) => true : null,
#pragma warning restore CA5359
                },
                deadline.Token);
            return secured;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            await secured.DisposeAsync();
            throw new TimeoutException();
        }
        catch (Exception problem) when (problem is System.Security.Authentication.AuthenticationException or IOException)
        {
            await secured.DisposeAsync();
            throw new SslHandshakeException("TLS failed.", problem);
        }
    }
}
