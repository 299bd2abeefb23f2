using Microsoft.Extensions.Options;

namespace Marketing.Channels.Email.Smtp;

/// <summary>Keeps connections open that have nothing to do for the moment.</summary>
internal sealed class SmtpConnectionPool : IAsyncDisposable
{
    // Longer silences are checked with a NOOP: a router may have forgotten the connection without either side noticing.
    private static readonly TimeSpan TrustedSilence = TimeSpan.FromSeconds(15);

    private readonly EmailOptions _options;
    private readonly TimeProvider _clock;
    private readonly ITimer _sweeper;
    private readonly Lock _lock = new();
    private readonly List<SmtpConnection> _idle = [];
    private bool _closed;

    public SmtpConnectionPool(IOptions<EmailOptions> options, TimeProvider clock)
    {
        _options = options.Value;
        _clock = clock;
        _sweeper = clock.CreateTimer(_ => _ = SweepAsync(), state: null, _options.IdleTimeout / 2, _options.IdleTimeout / 2);
    }

    /// <summary>A connection nobody else uses: one that rests, else a new one. Throws what connecting throws.</summary>
    /// <param name="fresh">Do not take one that rested.</param>
    /// <param name="cancellation">Gives up connecting.</param>
    public async Task<SmtpConnection> TakeAsync(bool fresh, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        while (!fresh && TakeIdle() is { } connection)
        {
            if (await IsUsableAsync(connection, cancellation))
            {
                return connection;
            }

            connection.Abandon();
        }

        return await SmtpConnector.OpenAsync(_options, cancellation);
    }

    /// <summary>Whether a connection has carried as much as one should.</summary>
    public bool IsWornOut(SmtpConnection connection) => !connection.IsUsable || connection.Messages >= _options.MessagesPerConnection;

    /// <summary>Takes back a connection that works.</summary>
    public void Rest(SmtpConnection connection)
    {
        connection.IdleSince = _clock.GetTimestamp();
        lock (_lock)
        {
            if (!_closed)
            {
                _idle.Add(connection);
                return;
            }
        }

        connection.Abandon();
    }

    public async ValueTask DisposeAsync()
    {
        await _sweeper.DisposeAsync();
        SmtpConnection[] idle;
        lock (_lock)
        {
            _closed = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        await Task.WhenAll(idle.Select(connection => connection.DisposeAsync().AsTask()));
    }

    // The one used last is taken first, so that those not needed grow old and are closed.
    private SmtpConnection? TakeIdle()
    {
        lock (_lock)
        {
            if (_idle.Count == 0)
            {
                return null;
            }

            var connection = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            return connection;
        }
    }

    private async ValueTask<bool> IsUsableAsync(SmtpConnection connection, CancellationToken cancellation)
    {
        var silence = _clock.GetElapsedTime(connection.IdleSince);
        return silence < _options.IdleTimeout && connection.IsQuiet() && (silence < TrustedSilence || await connection.AnswersAsync(cancellation));
    }

    private async Task SweepAsync()
    {
        List<SmtpConnection> old;
        lock (_lock)
        {
            old = [.. _idle.Where(connection => _clock.GetElapsedTime(connection.IdleSince) >= _options.IdleTimeout)];
            _idle.RemoveAll(old.Contains);
        }

        foreach (var connection in old)
        {
            await connection.DisposeAsync();
        }
    }
}
