namespace Marketing.Distributions;

/// <summary>
/// When it leaves memory: after a moment where there is no such distribution, or none that is understood, and when it has ended and is not asked for. Otherwise after
/// it was left alone for a while.
/// </summary>
internal sealed partial class DistributionGrain
{
    // Many may ask at once, and a call finds no more than two that are about to leave.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    // By somebody who wants an answer. Hints of lanes and of recovery bring it back only to look whether anything is left to do.
    // Null before the call that it was activated for.
    private bool? _wasAsked;

    private Task _run = Task.CompletedTask;
    private IGrainTimer? _leave;
    private bool _ending;

    private bool HasEnded => State is { Deleted: false, CancelPending: false, Status: DistributionStatuses.Sent or DistributionStatuses.Stopped };

    // Of what is not understood the row is read again and again: somebody may have mended it.
    private bool IsOver => _wasAsked is { } asked && (State.View is null || State.Unread is not null || (HasEnded && !asked));

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        // Timers and reminders come this way too.
        if (context.InterfaceMethod?.DeclaringType != typeof(IDistributionGrain))
        {
            await context.Invoke();
            return;
        }

        _wasAsked = _wasAsked is true || context.MethodName is not (nameof(CheckCompleteAsync) or nameof(RecoverAsync));
        try
        {
            await context.Invoke();
        }
        finally
        {
            LeaveIfOver();
        }
    }

    // A call that came before it left may have given it something to do. The step that is under way is written; the next activation does the others.
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _ending = true;
        await Task.WhenAny(_run, Task.Delay(Timeout.Infinite, cancellationToken));
        if (_again && reason.ReasonCode != DeactivationReasonCode.ShuttingDown)
        {
            GrainFactory.Distribution(_project, _id).RecoverAsync().Ignore();
        }
    }

    private void LeaveIfOver()
    {
        if (_leave is null && !_ending && IsOver)
        {
            _leave = this.RegisterGrainTimer(
                () =>
                {
                    // The next activation finds written what is being done.
                    if (IsOver && !_working)
                    {
                        DeactivateOnIdle();
                    }
                    else
                    {
                        _leave?.Dispose();
                        _leave = null;
                    }

                    return Task.CompletedTask;
                },
                new GrainTimerCreationOptions(Moment, Timeout.InfiniteTimeSpan));
        }
    }
}
