using System.Threading.Channels;

namespace Marketing.Storage.Sqlite;

/// <summary>
/// How a thread of its own waits for a channel: it lets go of the processor at once. Waiting for a task spins first, which under
/// some thousand waits a second takes half a core from those who produce the work.
/// </summary>
internal sealed class ThreadWait<T> : IDisposable
{
    private readonly ChannelReader<T> _reader;
    private readonly AutoResetEvent _woken = new(false);
    private readonly Action _wake;

    public ThreadWait(ChannelReader<T> reader)
    {
        _reader = reader;
        _wake = () => _woken.Set();
    }

    /// <summary>Blocks until there is something to read; false when nothing will come any more.</summary>
    public bool WaitToRead()
    {
        var ready = _reader.WaitToReadAsync().AsTask();
        if (!ready.IsCompleted)
        {
            ready.GetAwaiter().UnsafeOnCompleted(_wake);
            _woken.WaitOne();
        }

        return ready.GetAwaiter().GetResult();
    }

    public void Dispose() => _woken.Dispose();
}
