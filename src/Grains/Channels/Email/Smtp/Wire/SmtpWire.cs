using System.Buffers;
using System.Globalization;
using System.Text;
using MailKit.Net.Smtp;

namespace Marketing.Channels.Email.Smtp;

/// <summary>Gathers what is to be said into one write, and reads the answers one by one.</summary>
internal sealed class SmtpWire(Stream stream)
{
    // A message of up to this size leaves in one piece, together with what follows it.
    private const int OnePiece = 64 * 1024;

    private const int LongestReply = 64 * 1024;

    private static ReadOnlySpan<byte> EndOfData => ".\r\n"u8;

    private ArrayBufferWriter<byte> _group = new(4096);
    private byte[] _replies = new byte[1024];
    private int _read;
    private int _filled;
    private int _endOfData;

    /// <summary>A whole message may be out, and the server has not answered: it may have accepted it.</summary>
    public bool AwaitsVerdict { get; private set; }

    public void Say(ReadOnlySpan<byte> text) => _group.Write(text);

    public void Say(string text) => Encoding.UTF8.GetBytes(text, _group);

    /// <summary>A message and its end, dots doubled.</summary>
    public void SayMessage(ReadOnlySpan<byte> message)
    {
        if (message.StartsWith((byte)'.'))
        {
            Say("."u8);
        }

        for (var at = message.IndexOf("\r\n."u8); at >= 0; at = message.IndexOf("\r\n."u8))
        {
            Say(message[..(at + 2)]);
            Say("."u8);
            message = message[(at + 2)..];
        }

        Say(message);
        if (!message.EndsWith("\r\n"u8))
        {
            Say("\r\n"u8);
        }

        _endOfData = _group.WrittenCount;
        Say(EndOfData);
    }

    /// <summary>Sends what was said so far.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        var group = _group.WrittenMemory;
        if (_endOfData > OnePiece)
        {
            // Without its end nobody accepts it: a connection that breaks here leaves no doubt.
            await stream.WriteAsync(group[.._endOfData], cancellation);
            group = group[_endOfData..];
        }

        AwaitsVerdict |= _endOfData > 0;
        await stream.WriteAsync(group, cancellation);
        _endOfData = 0;
        _group.ResetWrittenCount();
        if (_group.Capacity > 4 * OnePiece)
        {
            _group = new ArrayBufferWriter<byte>(4096);
        }
    }

    /// <summary>The answer to a message.</summary>
    public async ValueTask<SmtpReply> VerdictAsync(CancellationToken cancellation)
    {
        var reply = await ReplyAsync(cancellation);
        if (reply.Status is < 200 or (>= 300 and < 400))
        {
            throw new SmtpProtocolException("The server neither took nor refused the message.");
        }

        AwaitsVerdict = false;
        return reply;
    }

    /// <summary>The next answer.</summary>
    /// <exception cref="SmtpProtocolException">The server closed the connection, or what it said is no answer.</exception>
    public async ValueTask<SmtpReply> ReplyAsync(CancellationToken cancellation)
    {
        SmtpReply reply;
        while (!TryTake(out reply))
        {
            if (_read > 0)
            {
                _replies.AsSpan(_read, _filled - _read).CopyTo(_replies);
                _filled -= _read;
                _read = 0;
            }

            if (_filled == _replies.Length)
            {
                if (_filled >= LongestReply)
                {
                    throw new SmtpProtocolException("The answer has no end.");
                }

                Array.Resize(ref _replies, _replies.Length * 2);
            }

            var received = await stream.ReadAsync(_replies.AsMemory(_filled), cancellation);
            if (received == 0)
            {
                throw new SmtpProtocolException("The server closed the connection.");
            }

            _filled += received;
        }

        return reply;
    }

    // An answer has as many lines as have a dash behind their number, and one more.
    private bool TryTake(out SmtpReply reply)
    {
        var unread = _replies.AsSpan(_read, _filled - _read);
        var first = 0;
        for (var start = 0; unread[start..].IndexOf((byte)'\n') is >= 0 and var length; start += length + 1)
        {
            var line = unread.Slice(start, length).TrimEnd((byte)'\r');
            first = start == 0 ? line.Length : first;
            if (line.Length >= 4 && line[3] == (byte)'-')
            {
                continue;
            }

            if (line.Length < 3 || !int.TryParse(line[..3], NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            {
                throw new SmtpProtocolException("The server's answer has no number.");
            }

            _read += start + length + 1;
            reply = new SmtpReply(status, first > 4 ? Encoding.UTF8.GetString(unread[4..first]) : "");
            return true;
        }

        reply = default;
        return false;
    }
}
