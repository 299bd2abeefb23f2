using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.Channels.Email.Smtp;

/// <summary>Carries one message after another, over one connection as long as that works.</summary>
internal sealed partial class SmtpWorker(SmtpConnectionPool pool, SmtpQueue queue, ILogger logger)
{
    private static readonly DeliveryOutcome Busy =
        new DeliveryOutcome.TemporaryFailure("All connections to the mail server are busy.", BurnsAttempt: false);

    private static readonly DeliveryOutcome Unknown =
        new DeliveryOutcome.TemporaryFailure("It cannot be told at present how much may be sent.", BurnsAttempt: false);

    private static readonly DeliveryOutcome Unwritable =
        new DeliveryOutcome.PermanentFailure("The mail server does not accept addresses with such characters.");

    private SmtpConnection? _connection;

    // Taken while the verdict on the one before it was awaited. Its envelope may have gone out and be lost with the connection:
    // then it starts again on another.
    private SmtpSubmission? _next;

    public async Task RunAsync()
    {
        var submission = queue.TakeNextOrLeave(connection: null);
        while (submission is not null)
        {
            DeliveryOutcome? outcome = null;
            Exception? failure = null;
            try
            {
                var isBegun = _connection?.Begun == submission;
                outcome = isBegun ? await SendAsync(submission)
                    : !queue.IsCurrent ? DeliveryOutcome.NotBegun.Instance
                    : queue.IsLate(submission) ? Busy
                    : await SendAsync(submission);
            }
            catch (Exception problem)
            {
                Abandon();
                failure = problem;
            }

            // The next one first: the sender that waits for this outcome goes on at once, and must find the connection free if it is.
            var done = submission;
            queue.Ended(done);
            (submission, _next) = (_next ?? queue.TakeNextOrLeave(_connection), null);
            done.Settle(outcome, failure);
        }
    }

    private async Task<DeliveryOutcome> SendAsync(SmtpSubmission submission)
    {
        for (var fresh = false; ; fresh = true)
        {
            if (_connection is null && await ConnectAsync(submission, fresh) is { } putOff)
            {
                return putOff;
            }

            var (outcome, again) = await SendAsync(submission, _connection!);
            if (!_connection!.IsUsable)
            {
                Abandon();
            }
            else if (_connection.Begun is null && pool.IsWornOut(_connection))
            {
                await _connection.DisposeAsync();
                _connection = null;
            }

            // Servers close connections between two messages as they like; that is no failure of this one, and it has not been accepted.
            if (again && !fresh)
            {
                LogStale(submission.MessageId);
                continue;
            }

            if (outcome is DeliveryOutcome.TemporaryFailure or DeliveryOutcome.PermanentFailure)
            {
                LogFailed(submission.MessageId, outcome.GetType().Name);
            }

            return outcome;
        }
    }

    // Null with a connection. A server that is away is found out by one message at a time; the others are put off, and it is no news of theirs.
    private async Task<DeliveryOutcome?> ConnectAsync(SmtpSubmission submission, bool fresh)
    {
        var entry = queue.Breaker.Enter();
        if (!entry.Allowed)
        {
            return new DeliveryOutcome.TemporaryFailure("The mail server is not available; waiting.", entry.RetryAfter, entry.BurnsAttempt);
        }

        var health = ReceiverHealth.Unknown;
        DeliveryOutcome.TemporaryFailure? failure = null;
        try
        {
            _connection = await pool.TakeAsync(fresh || entry.IsProbe, CancellationToken.None);

            // One that has rested says nothing of the server by being there.
            health = _connection.Messages == 0 ? ReceiverHealth.Answering : ReceiverHealth.Unknown;
        }
        catch (Exception problem) when (problem is not ObjectDisposedException)
        {
            health = ReceiverHealth.Failing;
            failure = SmtpVerdict.NoConnection(problem, queue.Pause);
            LogNoConnection(submission.MessageId, problem.GetType().Name);
        }
        finally
        {
            LogChange(queue.Breaker.Report(entry, health), failure);
        }

        return failure;
    }

    private async Task<(DeliveryOutcome Outcome, bool Again)> SendAsync(SmtpSubmission submission, SmtpConnection connection)
    {
        if (!connection.Takes(submission))
        {
            return (Unwritable, Again: false);
        }

        if (queue.Gate is { } gate)
        {
            try
            {
                await gate.WaitAsync();
            }
            catch (StorageUnavailableException)
            {
                return (Unknown, Again: false);
            }
        }

        if (queue.IsStale(submission) && await submission.LookAgainAsync(submission.MessageId) is { } changed)
        {
            return (changed, Again: false);
        }

        // Only now: while it waits for a connection and for its turn it can be called back.
        if (!queue.IsCurrent || !queue.TryBegin(submission))
        {
            return (DeliveryOutcome.NotBegun.Instance, Again: false);
        }

        var reused = connection.Messages > (connection.Begun == submission ? 1 : 0);
        try
        {
            if (connection.Begun != submission)
            {
                connection.Begin(submission);
            }

            var (refusal, accepted) = await connection.SendAsync(() => BeginNext(connection), CancellationToken.None);
            return refusal is not null
                ? (SmtpVerdict.Refused(refusal, submission.Address), Again: reused && refusal.Reply.IsGoodbye)
                : (new DeliveryOutcome.Sent(PlainText.Start(accepted, SmtpVerdict.LongestReason)), Again: false);
        }
        catch (Exception problem)
        {
            var uncertain = connection.AwaitsVerdict;
            return (SmtpVerdict.Broken(problem, uncertain), Again: reused && !uncertain && problem is not TimeoutException);
        }
    }

    private void BeginNext(SmtpConnection connection)
    {
        if (queue.Gate is not null || !connection.TakesNext || pool.IsWornOut(connection))
        {
            return;
        }

        _next ??= queue.TakeNext();
        if (_next is null || !connection.Takes(_next) || queue.IsStale(_next))
        {
            return;
        }

        if (queue.TryBegin(_next))
        {
            connection.Begin(_next);
        }
        else
        {
            _next = null;
        }
    }

    private void Abandon()
    {
        _connection?.Abandon();
        _connection = null;
    }

    private void LogChange(BreakerChange change, DeliveryOutcome.TemporaryFailure? failure)
    {
        switch (change)
        {
            case BreakerChange.Opened:
                LogOpened(failure!.Reason);
                break;
            case BreakerChange.Closed:
                LogClosed();
                break;
            default:
                break;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Mail waits for the server: {Reason}")]
    private partial void LogOpened(string reason);

    [LoggerMessage(LogLevel.Information, "The mail server is back")]
    private partial void LogClosed();

    [LoggerMessage(LogLevel.Debug, "No connection to the mail server for message {MessageId}: {Problem}")]
    private partial void LogNoConnection(string messageId, string problem);

    [LoggerMessage(LogLevel.Debug, "The mail server had closed the connection, message {MessageId} takes a new one")]
    private partial void LogStale(string messageId);

    [LoggerMessage(LogLevel.Information, "Message {MessageId} was not accepted: {Outcome}")]
    private partial void LogFailed(string messageId, string outcome);
}
