using Marketing.Storage;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Marketing.Channels.Email;

/// <summary>
/// Writes each message to a file named after its id, for installations without a mail server. A file appears complete or not at
/// all, and a message sent again replaces its own file. Nobody but the user of the process may read it.
/// </summary>
internal sealed class OutboxTransport(IOptions<EmailOptions> options, TimeProvider clock) : IEmailTransport
{
    // As many files as are written side by side.
    private const int AtOnce = 64;

    public HandOverWindow Window { get; } = new(AtOnce, clock);

    public async Task<DeliveryOutcome> SendAsync(
        string messageId, ReadOnlyMemory<byte> message, MailboxAddress from, MailboxAddress to, Recall? recall)
    {
        var directory = options.Value.OutboxDirectory;
        var path = Path.Combine(directory, $"{EmailHeader.Token(messageId)}.eml");
        var unfinished = Path.Combine(directory, $".{Guid.NewGuid():n}.tmp");
        try
        {
            OwnerOnly.CreateDirectory(directory);
            try
            {
                await using (var file = OwnerOnly.OpenWrite(unfinished, FileMode.CreateNew))
                {
                    await file.WriteAsync(message);
                }

                File.Move(unfinished, path, overwrite: true);
            }
            finally
            {
                File.Delete(unfinished);
            }

            return new DeliveryOutcome.Sent("written to the outbox");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new DeliveryOutcome.TemporaryFailure($"The outbox directory cannot be written ({problem.GetType().Name}); see {EmailOptions.Section}:OutboxDirectory.");
        }
    }
}
