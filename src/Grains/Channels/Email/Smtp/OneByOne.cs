using MailKit.Net.Smtp;
using MimeKit;

namespace Marketing.Channels.Email.Smtp;

/// <summary>Sends to servers that do not announce PIPELINING, by the client's own means: there is nothing to be gained by going past it.</summary>
internal sealed class OneByOne
{
    private readonly SmtpClient _client;
    private readonly SmtpConversation _conversation = new();

    public OneByOne(SmtpClient client, SmtpStream stream)
    {
        _client = client;
        stream.Conversation = _conversation;

        // A message sent as data has an end that can be seen on the wire; in chunks it has none.
        client.Capabilities &= ~(SmtpCapabilities.Chunking | SmtpCapabilities.BinaryMime);
    }

    /// <inheritdoc cref="SmtpWire.AwaitsVerdict"/>
    public bool AwaitsVerdict => _conversation.AwaitsVerdict;

    /// <summary>What the server says: its acceptance, or why it did not take the message. Throws when the connection breaks before it said anything.</summary>
    public async Task<(SmtpRefusal? Refusal, string Accepted)> SendAsync(SmtpSubmission submission, CancellationToken cancellation)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.International = !submission.IsAscii;
        using var content = new MemoryStream(submission.Message.ToArray(), writable: false);
        using var message = await MimeMessage.LoadAsync(content, persistent: true, cancellation);
        _conversation.Begin();
        try
        {
            return (null, await _client.SendAsync(format, message, submission.From, [submission.To], cancellation));
        }
        catch (Exception problem) when (_conversation.IsAccepted)
        {
            // The client knows one way to accept a message, and servers more.
            return (null, problem.Message);
        }
        catch (Exception) when (_conversation.Refusal is not null)
        {
            // What the server said stands, even if the connection broke right after it and the client tells of that.
            return (_conversation.Refusal, "");
        }
    }
}
