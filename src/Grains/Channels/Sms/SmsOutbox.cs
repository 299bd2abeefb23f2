using System.Text.Json;
using Marketing.Channels.Email;
using Marketing.Storage;
using Microsoft.Extensions.Options;

namespace Marketing.Channels.Sms;

/// <summary>
/// Writes each message to a file named after its id, beside the mails, for projects without a connection. A file appears complete or not at all, and a message sent again
/// replaces its own file. Nobody but the user of the process may read it.
/// </summary>
internal sealed class SmsOutbox(IOptions<EmailOptions> options, TimeProvider clock)
{
    private const int AtOnce = 64;

    public HandOverWindow Window { get; } = new(AtOnce, clock);

    public async Task<DeliveryOutcome> WriteAsync(SmsItem item)
    {
        var directory = options.Value.OutboxDirectory;
        var path = Path.Combine(directory, $"{EmailHeader.Token(item.MessageId)}.sms.json");
        var unfinished = Path.Combine(directory, $".{Guid.NewGuid():n}.tmp");
        var count = SmsText.Of(item.Text);
        try
        {
            OwnerOnly.CreateDirectory(directory);
            try
            {
                await using (var file = OwnerOnly.OpenWrite(unfinished, FileMode.CreateNew))
                {
                    await JsonSerializer.SerializeAsync(file, new { id = item.MessageId, to = item.To, text = item.Text, encoding = count.Encoding, segments = count.Segments }, WireJson.Options);
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
