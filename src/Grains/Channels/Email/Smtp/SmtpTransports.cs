using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Marketing.Channels.Webhooks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Channels.Email.Smtp;

/// <summary>The mail servers of connections, each with its own line, connections, breaker and limit. One for each version of a connection, made when it is first needed.</summary>
internal sealed class SmtpTransports(
    IConnections connections, SendGates gates, IOptions<EmailOptions> options, IOptions<WebhookOptions> http, TimeProvider clock, ILogger<SmtpTransport> logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<ChannelConnection, Server> _servers = new(ReferenceEqualityComparer.Instance);

    public IEmailTransport Of(ChannelConnection connection)
    {
        if (_servers.TryGetValue(connection, out var server))
        {
            return server.Transport;
        }

        // Rare: so is that one is over, which is noticed here.
        foreach (var (known, old) in _servers)
        {
            if (!connections.IsCurrent(known) && _servers.TryRemove(known, out _))
            {
                EndAsync(old).Ignore();
            }
        }

        return _servers.GetOrAdd(connection, Make).Transport;
    }

    /// <summary>What a connection says, and for the rest what is configured.</summary>
    public EmailOptions OptionsOf(ChannelConnection connection)
    {
        var (values, own) = (connection.Values, options.Value);
        return new EmailOptions
        {
            Host = values.Line(SmtpProvider.Host),
            Port = (int)(values.Number(SmtpProvider.Port) ?? own.Port),
            User = values.Text(SmtpProvider.User),
            Password = values.Text(SmtpProvider.Password),
            From = values.Line(SmtpProvider.From),
            Security = Enum.TryParse<EmailSecurity>(values.Text(SmtpProvider.Security), ignoreCase: true, out var security) ? security : EmailSecurity.Auto,
            MaxConnections = (int)(values.Number(SmtpProvider.MaxConnections) ?? own.MaxConnections),
            MessagesPerConnection = own.MessagesPerConnection,
            IdleTimeout = own.IdleTimeout,
            Timeout = own.Timeout,
            BreakerThreshold = own.BreakerThreshold,
            BreakerFirstPause = own.BreakerFirstPause,
            BreakerMaxPause = own.BreakerMaxPause,
            PublicOnly = !http.Value.AllowPrivateNetworks,
        };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            await server.Pool.DisposeAsync();
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The pool ends with its server.")]
    private Server Make(ChannelConnection connection)
    {
        var its = Options.Create(OptionsOf(connection));
        var pool = new SmtpConnectionPool(its, clock);
        var queue = new SmtpQueue(pool, its, clock, new SmtpRestraint(connection, gates.Of(connection), () => connections.IsCurrent(connection)));
        return new Server(new SmtpTransport(pool, queue, clock, logger), pool);
    }

    // What has begun goes on; connections that rest are closed.
    private async Task EndAsync(Server server)
    {
        await Task.Delay(options.Value.Timeout * 2, clock);
        await server.Pool.DisposeAsync();
    }

    private sealed record Server(SmtpTransport Transport, SmtpConnectionPool Pool);
}
