using Microsoft.Extensions.Options;

namespace Marketing.Channels.Email.Smtp;

/// <summary>The line in front of the mail server.</summary>
internal sealed class SmtpQueue(SmtpConnectionPool pool, IOptions<EmailOptions> options, TimeProvider clock, SmtpRestraint? restraint = null)
    : SubmissionLine<SmtpSubmission>(
        restraint?.AtOnce(options.Value.MaxConnections) ?? options.Value.MaxConnections, options.Value.Timeout, clock, restraint?.IsPaused is true ? 0 : null)
{
    /// <summary>Asked before anything is said of a message; null where there is no limit.</summary>
    public SendGate? Gate => restraint?.Gate;

    /// <summary>Whether what waits here is to be sent at all.</summary>
    public bool IsCurrent => restraint?.IsCurrent is not false;

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
