namespace Marketing.AsyncActions;

/// <summary>One attempt to get a job done. It can be given up from outside while a step of it does not return.</summary>
internal sealed class ImportRun : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _ended = new();

    private long _sign;

    public ImportRun(TimeProvider clock)
    {
        _clock = clock;
        Ended = _ended.Token;
    }

    /// <summary>The run was given up, or the silo ends: it must not write any more.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Null while it waits for its turn.</summary>
    public ImportPlace? Place { get; private set; }

    /// <summary>How long ago it showed progress; none while it waits for its turn, where nothing is to be expected.</summary>
    public TimeSpan Silence => Place is null ? TimeSpan.Zero : _clock.GetElapsedTime(_sign);

    public void Take(ImportPlace place)
    {
        if (Ended.IsCancellationRequested)
        {
            // Given up in the moment in which it was its turn.
            place.Dispose();
            Ended.ThrowIfCancellationRequested();
        }

        Place = place;
        ShowProgress();
    }

    public void GiveBack()
    {
        Place?.Dispose();
        Place = null;
    }

    public void ShowProgress() => _sign = _clock.GetTimestamp();

    /// <summary>Ends the run wherever it is. Its place is free for others.</summary>
    public void GiveUp()
    {
        _ended.Cancel();
        GiveBack();
    }

    public void Dispose()
    {
        GiveBack();
        _ended.Dispose();
    }
}
