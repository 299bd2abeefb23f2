using MimeKit;

namespace Marketing.Channels.Email;

/// <summary>
/// Bytes in the shape the client takes. A message object is expensive to make, so each connection has one and exchanges what is
/// in it. The whole head stands behind its first header, <c>Subject</c>; sender and recipient are told to the client separately.
/// </summary>
internal sealed class PreparedMessage : MimeMessage
{
    private static ReadOnlySpan<byte> First => "Subject:"u8;

    private readonly Header _head = new("Subject", "");
    private readonly PreparedBody _body = new();

    public PreparedMessage()
    {
        Headers.Clear();
        Headers.Add(_head);
        Body = _body;
        _body.Headers.Clear();
    }

    public void Fill(ReadOnlyMemory<byte> message)
    {
        var end = message.Span.IndexOf("\r\n\r\n"u8);
        if (end < 0 || !message.Span.StartsWith(First))
        {
            throw new ArgumentException("The message does not start with its subject.", nameof(message));
        }

        _head.SetRawValue(message.Span[First.Length..(end + 2)].ToArray());
        _body.Bytes = message[(end + 4)..];
    }
}
