using System.Buffers;

namespace Marketing.Http;

/// <summary>A request body in a pooled array, given back when the request ends.</summary>
internal sealed class PooledBody : IDisposable
{
    private byte[] _array;
    private int _length;

    private PooledBody(int capacity) => _array = ArrayPool<byte>.Shared.Rent(capacity);

    public ReadOnlyMemory<byte> Memory => _array.AsMemory(0, _length);

    /// <summary>Reads the whole body, or refuses it as too large without reading on.</summary>
    public static async ValueTask<PooledBody> ReadAsync(HttpContext context, int limit)
    {
        var announced = context.Request.ContentLength;
        if (announced > limit)
        {
            throw new RefusedException(ApiError.TooLarge(limit));
        }

        var body = new PooledBody((int)(announced ?? 4096) + 1);
        context.Response.RegisterForDispose(body);
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length + body._length > limit)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw new RefusedException(ApiError.TooLarge(limit));
            }

            // Taken out of the pipe at once: left inside, a large body would stop at the pipe's own limit.
            body.Append(read.Buffer);
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return body;
            }
        }
    }

    public void Dispose()
    {
        var array = _array;
        _array = [];
        _length = 0;
        if (array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    private void Append(in ReadOnlySequence<byte> bytes)
    {
        var needed = _length + (int)bytes.Length;
        if (needed > _array.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, _array.Length * 2));
            Memory.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_array);
            _array = larger;
        }

        bytes.CopyTo(_array.AsSpan(_length));
        _length = needed;
    }
}
