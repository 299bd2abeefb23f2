using Orleans.Reminders.Diagnostics;

namespace Marketing.Storage;

/// <summary>
/// Completes when the silo waits for the reminder's next tick on its clock. A clock that is moved before that moves past
/// the tick unseen.
/// </summary>
internal sealed class ReminderArmed : IObserver<ReminderEvents.ReminderEvent>, IDisposable
{
    private readonly TaskCompletionSource _armed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly GrainId _grain;
    private readonly string _reminder;
    private readonly IDisposable _subscription;

    public ReminderArmed(INotebookGrain grain, string reminder) : this(grain.GetGrainId(), reminder)
    {
    }

    public ReminderArmed(GrainId grain, string reminder)
    {
        _grain = grain;
        _reminder = reminder;
        _subscription = ReminderEvents.AllEvents.Subscribe(this);
    }

    public Task WaitAsync(CancellationToken cancellationToken) => _armed.Task.WaitAsync(cancellationToken);

    public void OnNext(ReminderEvents.ReminderEvent value)
    {
        if (value is ReminderEvents.LocalReminderTickWaitArmed && value.GrainId == _grain && value.ReminderName == _reminder)
        {
            _armed.TrySetResult();
        }
    }

    public void OnError(Exception error)
    {
    }

    public void OnCompleted()
    {
    }

    public void Dispose() => _subscription.Dispose();
}
