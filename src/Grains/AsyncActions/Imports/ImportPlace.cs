namespace Marketing.AsyncActions;

/// <summary>One of the <see cref="ImportLine.Places"/>. Giving it back twice gives it back once.</summary>
/// <param name="project">Whose job has it.</param>
/// <param name="since">Timestamp of when it got it.</param>
/// <param name="giveBack">Lets the next one go on.</param>
internal sealed class ImportPlace(int project, long since, Action giveBack) : IDisposable
{
    private Action? _giveBack = giveBack;

    public int Project { get; } = project;

    public long Since { get; } = since;

    public void Dispose() => Interlocked.Exchange(ref _giveBack, null)?.Invoke();
}
