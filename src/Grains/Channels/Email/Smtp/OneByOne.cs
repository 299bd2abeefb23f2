using MailKit.Net.Smtp;
using MimeKit;

namespace Marketing.Channels.Email.Smtp;

/// <summary>Sends to servers that do not announce PIPELINING, by the client's own means: there is nothing to be gained by going past it.</summary>
internal sealed class OneByOne
{
    private readonly SmtpClient _client;
    private readonly SmtpStream _stream;

    public OneByOne(SmtpClient client, SmtpStream stream)
    {
        (_client, _stream) = (client, stream);

        // A message sent as data has an end that can be seen on the wire; in chunks it has none.
        client.Capabilities &= ~(SmtpCapabilities.Chunking | SmtpCapabilities.BinaryMime);
    }

    /// <inheritdoc cref="SmtpWire.AwaitsVerdict"/>
    public bool AwaitsVerdict => _stream.EndedData;

    /// <summary>What the server says: its acceptance, or why it did not take the message. Throws when the connection breaks.</summary>
    public async Task<(SmtpRefusal? Refusal, string Accepted)> SendAsync(SmtpSubmission submission, CancellationToken cancellation)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.International = !submission.IsAscii;
        using var content = new MemoryStream(submission.Message.ToArray(), writable: false);
        using var message = await MimeMessage.LoadAsync(content, persistent: true, cancellation);
        _stream.EndedData = false;
        try
        {
            var accepted = await _client.SendAsync(format, message, submission.From, [submission.To], cancellation);
            _stream.EndedData = false;
            return (null, accepted);
        }
        catch (SmtpCommandException refused)
        {
            _stream.EndedData = false;
            var reply = new SmtpReply((int)refused.StatusCode, refused.Message);
            return (new SmtpRefusal(reply, AboutRecipient: refused.ErrorCode == SmtpErrorCode.RecipientNotAccepted), "");
        }
    }
}
