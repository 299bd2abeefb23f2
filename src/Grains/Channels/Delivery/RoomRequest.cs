namespace Marketing.Channels;

/// <summary>Room that somebody asked for in a <see cref="HandOverWindow"/>.</summary>
internal sealed class RoomRequest(HandOverWindow window, int wanted)
{
    private readonly TaskCompletionSource<int> _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HandOverWindow Window => window;

    public int Wanted => wanted;

    /// <summary>Ends when there is room.</summary>
    public Task Granted => _granted.Task;

    /// <summary>For how many messages; null until there is some. The lane that takes it returns it when the messages are settled.</summary>
    public int? Room => _granted.Task.IsCompletedSuccessfully ? _granted.Task.Result : null;

    /// <summary>By the window alone.</summary>
    public void Grant(int count) => _granted.SetResult(count);

    /// <summary>Gives it back, granted or not.</summary>
    public void Withdraw() => window.Withdraw(this);
}
