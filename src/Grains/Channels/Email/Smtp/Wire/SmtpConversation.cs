using System.Globalization;
using System.Text;

namespace Marketing.Channels.Email.Smtp;

/// <summary>
/// What goes over a connection that the client talks on, as far as a message depends on it: whether its end went out, and what the server refused. The client
/// tells of a refusal only if the connection lasts.
/// </summary>
internal sealed class SmtpConversation
{
    private const int LongestLine = 2_000;

    private readonly byte[] _tail = new byte[EndOfData.Length];
    private readonly StringBuilder _line = new();
    private bool _isRecipient;
    private bool _isContinued;
    private bool _isEnded;
    private int? _verdict;

    private static ReadOnlySpan<byte> EndOfData => "\r\n.\r\n"u8;

    /// <summary>The end of the message was written, and the server has not said whether it takes it: it may have.</summary>
    public bool AwaitsVerdict => _isEnded && (_verdict is null || _verdict is < 200 or (>= 300 and < 400));

    /// <summary>The server took the message.</summary>
    public bool IsAccepted => _verdict is >= 200 and < 300;

    /// <summary>The first answer that was a refusal.</summary>
    public SmtpRefusal? Refusal { get; private set; }

    /// <summary>Another message.</summary>
    public void Begin() => (_isEnded, _verdict, Refusal) = (false, null, null);

    public void Written(ReadOnlySpan<byte> bytes)
    {
        // Commands leave one by one, each in a piece of its own; content may come in pieces, its end too.
        _isRecipient = bytes.StartsWith("RCPT "u8);
        if (bytes.Length >= _tail.Length)
        {
            bytes[^_tail.Length..].CopyTo(_tail);
        }
        else
        {
            _tail.AsSpan(bytes.Length).CopyTo(_tail);
            bytes.CopyTo(_tail.AsSpan(_tail.Length - bytes.Length));
        }

        _isEnded |= EndOfData.SequenceEqual(_tail);
    }

    public void Read(ReadOnlySpan<byte> bytes)
    {
        foreach (var character in Encoding.UTF8.GetString(bytes))
        {
            if (character == '\n')
            {
                Answered(_line.ToString().TrimEnd('\r'));
                _line.Clear();
            }
            else if (_line.Length < LongestLine)
            {
                _line.Append(character);
            }
        }
    }

    private void Answered(string line)
    {
        var isFirst = !_isContinued;
        _isContinued = line is [_, _, _, '-', ..];
        if (!isFirst || line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
        {
            return;
        }

        if (_isEnded)
        {
            _verdict ??= status;
        }

        if (status >= 400 && !IsAccepted)
        {
            Refusal ??= new SmtpRefusal(new SmtpReply(status, line.Length > 4 ? line[4..] : ""), AboutRecipient: _isRecipient);
        }
    }
}
