using System.Globalization;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Marketing.Channels.Email;

/// <summary>
/// Sends over as many connections as may be open, each of which takes the next message as soon as it is done with one. Connections
/// are opened when all open ones are busy, and rest in the pool when nothing waits.
/// </summary>
internal sealed partial class SmtpTransport(SmtpConnectionPool pool, IOptions<EmailOptions> options, TimeProvider clock, ILogger<SmtpTransport> logger)
    : IEmailTransport
{
    private static readonly DeliveryOutcome Busy =
        new DeliveryOutcome.TemporaryFailure("All connections to the mail server are busy.", BurnsAttempt: false);

    private readonly Lock _lock = new();
    private readonly Queue<SmtpSubmission> _waiting = [];
    private int _working;

    public Task<DeliveryOutcome> SendAsync(
        string messageId, ReadOnlyMemory<byte> message, MailboxAddress from, MailboxAddress to, CancellationToken cancellation)
    {
        var submission = new SmtpSubmission(messageId, message, from, to, clock.GetTimestamp(), cancellation);
        lock (_lock)
        {
            _waiting.Enqueue(submission);
            if (_working == options.Value.MaxConnections)
            {
                return submission.Outcome;
            }

            _working++;
        }

        _ = WorkAsync();
        return submission.Outcome;
    }

    private async Task WorkAsync()
    {
        SmtpConnection? connection = null;
        var submission = Next(connection);
        while (submission is not null)
        {
            DeliveryOutcome? outcome = null;
            Exception? failure = null;
            try
            {
                (outcome, connection) = IsLate(submission) ? (Busy, connection) : await SendAsync(submission, connection);
            }
            catch (Exception problem)
            {
                connection = null;
                failure = problem;
            }

            // The next one first: whoever waits for this outcome goes on at once, and must find the connection free if it is.
            var done = submission;
            submission = Next(connection);
            done.Settle(outcome, failure);
        }
    }

    private bool IsLate(SmtpSubmission submission) => clock.GetElapsedTime(submission.Since) > options.Value.Timeout;

    // The connection goes to rest in the same moment as its worker: whoever comes next finds both.
    private SmtpSubmission? Next(SmtpConnection? connection)
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

    // Returns the connection too, if it is fit for another message.
    private async Task<(DeliveryOutcome Outcome, SmtpConnection? Connection)> SendAsync(SmtpSubmission submission, SmtpConnection? connection)
    {
        for (var fresh = false; ; fresh = true)
        {
            try
            {
                connection ??= await pool.TakeAsync(fresh, submission.Cancellation);
            }
            catch (Exception problem) when (problem is not OperationCanceledException and not ObjectDisposedException)
            {
                LogNoConnection(submission.MessageId, problem.GetType().Name);
                return (SmtpVerdict.NoConnection(problem), null);
            }

            var (outcome, again, usable) = await SendThroughAsync(connection, submission);
            if (!usable)
            {
                connection.Abandon();
                connection = null;
            }
            else if (pool.IsWornOut(connection))
            {
                await connection.DisposeAsync();
                connection = null;
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

            return (outcome, connection);
        }
    }

    private static async Task<(DeliveryOutcome Outcome, bool Again, bool Usable)> SendThroughAsync(SmtpConnection connection, SmtpSubmission submission)
    {
        var reused = connection.Messages > 0;
        try
        {
            var response = await connection.SendAsync(submission.Message, submission.From, submission.To, submission.Cancellation);
            return (new DeliveryOutcome.Sent(Shorten(response)), Again: false, Usable: true);
        }
        catch (OperationCanceledException)
        {
            connection.Abandon();
            throw;
        }
        catch (Exception problem)
        {
            // A refusal leaves the connection fit for the next message: the client has sent RSET. Anything else leaves it in an unknown state.
            var (status, text) = Refusal(connection, problem);
            var uncertain = connection.AwaitsVerdict;
            var usable = problem is SmtpCommandException or NotSupportedException && connection.IsConnected && status != 421;
            if (problem is NotSupportedException)
            {
                return (new DeliveryOutcome.PermanentFailure("The mail server does not accept addresses with such characters."), Again: false, usable);
            }

            var outcome = status is { } code
                ? SmtpVerdict.Refused(
                    code, text, problem is SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted }, submission.To.Address)
                : SmtpVerdict.Broken(problem, uncertain);
            return (outcome, Again: reused && !uncertain && SmtpVerdict.IsStale(problem, status), usable);
        }
    }

    // What the server said stands even if the connection broke right after it.
    private static (int? Status, string Text) Refusal(SmtpConnection connection, Exception problem) => problem switch
    {
        SmtpCommandException refused => ((int)refused.StatusCode, refused.Message),
        _ when connection.Refusal is { Length: > 3 } line => (int.Parse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture), line[4..]),
        _ => (null, ""),
    };

    private static string Shorten(string response) => response.Length > 200 ? response[..200] : response;

    [LoggerMessage(LogLevel.Warning, "No connection to the mail server for message {MessageId}: {Problem}")]
    private partial void LogNoConnection(string messageId, string problem);

    [LoggerMessage(LogLevel.Debug, "The mail server had closed the connection, message {MessageId} takes a new one")]
    private partial void LogStale(string messageId);

    [LoggerMessage(LogLevel.Information, "Message {MessageId} was not accepted: {Outcome}")]
    private partial void LogFailed(string messageId, string outcome);
}
