using System.Globalization;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Marketing.Channels.Email;

/// <summary>Sends through the pool and says what became of it.</summary>
internal sealed partial class SmtpTransport(SmtpConnectionPool pool, ILogger<SmtpTransport> logger) : IEmailTransport
{
    public async Task<DeliveryOutcome> SendAsync(
        string messageId, ReadOnlyMemory<byte> message, MailboxAddress from, MailboxAddress to, CancellationToken cancellation)
    {
        for (var fresh = false; ; fresh = true)
        {
            SmtpConnection? connection;
            try
            {
                connection = await pool.TakeAsync(fresh, cancellation);
            }
            catch (Exception problem) when (problem is not OperationCanceledException and not ObjectDisposedException)
            {
                LogNoConnection(messageId, problem.GetType().Name);
                return SmtpVerdict.NoConnection(problem);
            }

            if (connection is null)
            {
                return new DeliveryOutcome.TemporaryFailure("All connections to the mail server are busy.", BurnsAttempt: false);
            }

            var (outcome, again) = await SendThroughAsync(connection, message, from, to, cancellation);

            // Servers close connections between two messages as they like; that is no failure of this one, and it has not been accepted.
            if (again && !fresh)
            {
                LogStale(messageId);
                continue;
            }

            if (outcome is DeliveryOutcome.TemporaryFailure or DeliveryOutcome.PermanentFailure)
            {
                LogFailed(messageId, outcome.GetType().Name);
            }

            return outcome;
        }
    }

    private async Task<(DeliveryOutcome Outcome, bool Again)> SendThroughAsync(
        SmtpConnection connection, ReadOnlyMemory<byte> message, MailboxAddress from, MailboxAddress to, CancellationToken cancellation)
    {
        var reused = connection.Messages > 0;
        try
        {
            var response = await connection.SendAsync(message, from, to, cancellation);
            await pool.ReturnAsync(connection);
            return (new DeliveryOutcome.Sent(Shorten(response)), Again: false);
        }
        catch (Exception problem)
        {
            // A refusal leaves the connection fit for the next message: the client has sent RSET. Anything else leaves it in an unknown state.
            var (status, text) = Refusal(connection, problem);
            var uncertain = connection.AwaitsVerdict;
            if (problem is SmtpCommandException or NotSupportedException && connection.IsConnected && status != 421)
            {
                await pool.ReturnAsync(connection);
            }
            else
            {
                pool.Discard(connection);
            }

            switch (problem)
            {
                case OperationCanceledException:
                    throw;
                case NotSupportedException:
                    return (new DeliveryOutcome.PermanentFailure("The mail server does not accept addresses with such characters."), Again: false);
            }

            var outcome = status is { } code
                ? SmtpVerdict.Refused(code, text, problem is SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted }, to.Address)
                : SmtpVerdict.Broken(problem, uncertain);
            return (outcome, Again: reused && !uncertain && SmtpVerdict.IsStale(problem, status));
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
