using Microsoft.Extensions.Logging;
using MimeKit;

namespace Marketing.Channels.Email.Smtp;

/// <summary>
/// Sends over as many connections as may be open, each of which takes the next message as soon as it is done with one. Connections
/// are opened when all open ones are busy, and rest in the pool when nothing waits.
/// </summary>
internal sealed class SmtpTransport(SmtpConnectionPool pool, SmtpQueue queue, TimeProvider clock, ILogger<SmtpTransport> logger) : IEmailTransport
{
    public HandOverWindow Window => queue.Window;

    public Task<DeliveryOutcome> SendAsync(
        string messageId, ReadOnlyMemory<byte> message, MailboxAddress from, MailboxAddress to, Recall? recall)
    {
        var submission = new SmtpSubmission(messageId, message, from, to, clock.GetTimestamp(), recall);
        if (queue.Add(submission))
        {
            _ = new SmtpWorker(pool, queue, logger).RunAsync();
        }

        return submission.Outcome;
    }
}
