using System.Text;
using MailKit;

namespace Marketing.Channels.Email;

/// <summary>
/// Listens to a connection to learn two things the client does not tell: whether a message had gone out completely when the
/// connection broke, and what the server's last refusal was, in case the cleaning up after it fails as well. Keeps nothing else
/// of what passes by.
/// </summary>
internal sealed class SmtpConversation : IProtocolLogger
{
    private static ReadOnlySpan<byte> EndOfData => "\r\n.\r\n"u8;

    private readonly byte[] _tail = new byte[5];

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <summary>The whole message is out and the server has not answered: it may have accepted it.</summary>
    public bool AwaitsVerdict { get; private set; }

    /// <summary>The last 4xx or 5xx answer to the message.</summary>
    public string? Refusal { get; private set; }

    public void StartMessage()
    {
        AwaitsVerdict = false;
        Refusal = null;
        Array.Clear(_tail);
    }

    public void LogConnect(Uri uri)
    {
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
        var sent = buffer.AsSpan(offset, count);
        if (sent.Length >= _tail.Length)
        {
            sent[^_tail.Length..].CopyTo(_tail);
        }
        else
        {
            _tail.AsSpan(sent.Length).CopyTo(_tail);
            sent.CopyTo(_tail.AsSpan(_tail.Length - sent.Length));
        }

        AwaitsVerdict |= _tail.AsSpan().SequenceEqual(EndOfData);
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        AwaitsVerdict = false;
        if (Refusal is not null)
        {
            return;
        }

        // The first one counts: what follows a refusal are the answers to commands that were already on their way.
        foreach (var range in buffer.AsSpan(offset, count).Split((byte)'\n'))
        {
            var line = buffer.AsSpan(offset, count)[range];
            if (line.Length >= 4 && line[0] is (byte)'4' or (byte)'5' && char.IsAsciiDigit((char)line[1]) && char.IsAsciiDigit((char)line[2]))
            {
                Refusal = Encoding.UTF8.GetString(line).TrimEnd('\r');
                return;
            }
        }
    }

    public void Dispose()
    {
    }
}
