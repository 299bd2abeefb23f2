using System.Buffers;
using System.Text;

namespace Marketing.Testing;

/// <summary>Reads lines and messages, and holds replies back until nothing more can be answered at once.</summary>
internal sealed class SmtpSinkWire(Stream stream, CancellationToken stop)
{
    private readonly ArrayBufferWriter<byte> _replies = new(1024);
    private Stream _stream = stream;
    private byte[] _buffer = new byte[32 * 1024];
    private int _start;
    private int _end;

    /// <summary>Whether the client has said more than was asked.</summary>
    public bool HasMore => _end > _start;

    /// <summary>Goes on over TLS; what was sent in advance without it is forgotten.</summary>
    public void Switch(Stream secured)
    {
        _stream = secured;
        _start = _end = 0;
    }

    public void Reply(string line)
    {
        Encoding.UTF8.GetBytes(line, _replies);
        _replies.Write("\r\n"u8);
    }

    public void DropReplies() => _replies.ResetWrittenCount();

    public async ValueTask FlushAsync()
    {
        if (_replies.WrittenCount > 0)
        {
            await _stream.WriteAsync(_replies.WrittenMemory, stop);
            _replies.ResetWrittenCount();
        }
    }

    public async ValueTask<string?> ReadLineAsync()
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8);
            if (length >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _start, length);
                _start += length + 2;
                return line;
            }

            // Nothing more to answer at once: what was answered so far goes out now.
            await FlushAsync();
            if (!await FillAsync())
            {
                return null;
            }
        }
    }

    public async ValueTask<ReadOnlyMemory<byte>?> ReadDataAsync()
    {
        var seen = 0;
        while (true)
        {
            var unread = _buffer.AsMemory(_start, _end - _start);
            if (unread.Span.StartsWith(".\r\n"u8))
            {
                _start += 3;
                return ReadOnlyMemory<byte>.Empty;
            }

            var end = unread.Span[seen..].IndexOf("\r\n.\r\n"u8);
            if (end >= 0)
            {
                _start += seen + end + 5;
                return unread[..(seen + end + 2)];
            }

            seen = Math.Max(0, unread.Length - 4);
            if (!await FillAsync())
            {
                return null;
            }
        }
    }

    private async ValueTask<bool> FillAsync()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await _stream.ReadAsync(_buffer.AsMemory(_end), stop);
        _end += read;
        return read > 0;
    }
}
