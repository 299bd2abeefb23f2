namespace Marketing.Templates;

/// <summary>
/// Cancels renderings that run away. A timer for each message would cost more than the rendering, so all that start within
/// the same second share one.
/// </summary>
internal sealed class RenderDeadline(TimeSpan limit)
{
    private static readonly TimeSpan Share = TimeSpan.FromSeconds(1);
    private volatile Slot _slot = new(limit + Share);

    public CancellationToken Token()
    {
        var slot = _slot;
        if (Environment.TickCount64 - slot.Started >= Share.TotalMilliseconds)
        {
            // Two threads may both make one; either serves.
            _slot = slot = new Slot(limit + Share);
        }

        return slot.Token;
    }

    private sealed class Slot
    {
        public Slot(TimeSpan after) => Token = new CancellationTokenSource(after).Token;

        public long Started { get; } = Environment.TickCount64;

        public CancellationToken Token { get; }
    }
}
