using Microsoft.Extensions.Options;

namespace Marketing.Channels.Email.Smtp;

/// <summary>Messages that wait for a connection, and how many workers there are to take them.</summary>
internal sealed class SmtpQueue(SmtpConnectionPool pool, IOptions<EmailOptions> options, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Queue<SmtpSubmission> _waiting = [];
    private int _working;

    /// <summary>Gets in line; true if another worker is to start.</summary>
    public bool Add(SmtpSubmission submission)
    {
        lock (_lock)
        {
            _waiting.Enqueue(submission);
            if (_working == options.Value.MaxConnections)
            {
                return false;
            }

            _working++;
            return true;
        }
    }

    /// <summary>The next message, if one waits.</summary>
    public SmtpSubmission? TakeNext()
    {
        lock (_lock)
        {
            return _waiting.TryDequeue(out var submission) ? submission : null;
        }
    }

    /// <summary>The next message, or null: then the worker is done. Its connection goes to rest in the same moment, so that whoever comes next finds both.</summary>
    public SmtpSubmission? TakeNextOrLeave(SmtpConnection? connection)
    {
        lock (_lock)
        {
            if (_waiting.TryDequeue(out var submission))
            {
                return submission;
            }

            if (connection is not null)
            {
                pool.Rest(connection);
            }

            _working--;
            return null;
        }
    }

    /// <summary>Whether a message has waited longer than one should.</summary>
    public bool IsLate(SmtpSubmission submission) => clock.GetElapsedTime(submission.Since) > options.Value.Timeout;
}
