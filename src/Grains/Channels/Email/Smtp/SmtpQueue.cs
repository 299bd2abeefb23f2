using Microsoft.Extensions.Options;

namespace Marketing.Channels.Email.Smtp;

/// <summary>The line in front of the mail server.</summary>
internal sealed class SmtpQueue(SmtpConnectionPool pool, IOptions<EmailOptions> options, TimeProvider clock)
    : SubmissionLine<SmtpSubmission>(options.Value.MaxConnections, options.Value.Timeout, clock)
{
    /// <summary>Asked before a connection is opened.</summary>
    public CircuitBreaker Breaker { get; } = new(options.Value.ToBreaker(), clock);

    /// <summary>When to try again after a connection could not be opened.</summary>
    public TimeSpan Pause { get; } = options.Value.BreakerFirstPause;

    /// <summary>The next message, or null: then the worker is done. Its connection goes to rest in the same moment, so that the next message finds both.</summary>
    public SmtpSubmission? TakeNextOrLeave(SmtpConnection? connection) => TakeNextOrLeave((pool, connection), static left =>
    {
        if (left.connection is not null)
        {
            left.pool.Rest(left.connection);
        }
    });
}
