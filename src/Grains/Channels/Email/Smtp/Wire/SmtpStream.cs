namespace Marketing.Channels.Email.Smtp;

/// <summary>
/// A connection whose every read and write ends in time, and that can begin with a greeting of our own: a client that is set on a
/// connection already secured waits for one, which the server does not repeat.
/// </summary>
internal sealed class SmtpStream(Stream inner, TimeSpan timeout, ReadOnlyMemory<byte> greeting = default) : Stream
{
    private ReadOnlyMemory<byte> _greeting = greeting;

    /// <summary>Who listens to what goes over it, if anybody does.</summary>
    public SmtpConversation? Conversation { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_greeting.IsEmpty)
        {
            var length = Math.Min(_greeting.Length, buffer.Length);
            _greeting[..length].CopyTo(buffer);
            _greeting = _greeting[length..];
            return length;
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        try
        {
            var read = await inner.ReadAsync(buffer, deadline.Token);
            Conversation?.Read(buffer.Span[..read]);
            return read;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Conversation?.Written(buffer.Span);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        try
        {
            await inner.WriteAsync(buffer, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
