namespace Marketing.Clients;

/// <inheritdoc cref="RepeatingCalls.AddRepeatingCalls"/>
internal sealed class RepeatingCallFilter(SiloLosses losses, TimeProvider clock) : IOutgoingGrainCallFilter
{
    // How long after its start a call is made again; what fails later is the caller's to repeat.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // What an answer may still take that was under way when a silo was lost: perhaps it was another silo's.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    // How long after a silo was lost calls still go astray. One that stops closes its gateway first and then takes its time; until others know that it is gone
    // they lead calls to it, whose answers do not come out any more.
    private static readonly TimeSpan Astray = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstSilence = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (RepeatedCalls.IsCurrent || context.TargetId.IsSystemTarget())
        {
            await context.Invoke();
            return;
        }

        var start = clock.GetTimestamp();
        var call = context.Invoke();
        var (pause, silence) = (FirstPause, FirstSilence);
        while (true)
        {
            try
            {
                if (!await IsAnsweredAsync(call, context, silence))
                {
                    throw new SiloUnavailableException("The silo that had the call was lost.");
                }

                // A repetition carries its own answer.
                if (call is Task<object?> repetition && context.InterfaceMethod.ReturnType.IsGenericType)
                {
                    context.Result = await repetition;
                }

                return;
            }
            catch (Exception failure) when (MayPass(failure) && clock.GetElapsedTime(start) < Patience && IsRepeatable(context))
            {
                // The next silo, or the next incarnation of the same one.
            }

            await Task.Delay(pause, clock);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;

            // Perhaps it is only slow.
            silence *= 2;
            call = RepeatAsync(context);
        }
    }

    // False when a silo was lost, now or not long ago, and no answer came for a while.
    private async Task<bool> IsAnsweredAsync(Task call, IOutgoingGrainCallContext context, TimeSpan silence)
    {
        var loss = losses.Next;
        if (!call.IsCompleted)
        {
            await (losses.WasWithin(Astray) ? Task.WhenAny(call, loss, Task.Delay(silence, clock)) : Task.WhenAny(call, loss));
        }

        if (!call.IsCompleted && loss.IsCompleted)
        {
            await Task.WhenAny(call, Task.Delay(Grace, clock));
        }

        if (!call.IsCompleted && IsRepeatable(context))
        {
            call.Ignore();
            return false;
        }

        await call;
        return true;
    }

    // Reflection, so it is asked only about calls that did not go well.
    private static bool IsRepeatable(IOutgoingGrainCallContext context) =>
        !context.InterfaceMethod.IsDefined(typeof(OneAttemptAttribute), inherit: true);

    // A call of its own, because the first may still be waiting for its answer.
    private static async Task<object?> RepeatAsync(IOutgoingGrainCallContext context)
    {
        RepeatedCalls.Mark();
        var arguments = new object?[context.Request.GetArgumentCount()];
        for (var index = 0; index < arguments.Length; index++)
        {
            arguments[index] = context.Request.GetArgument(index);
        }

        var call = (Task)context.InterfaceMethod.Invoke(context.Grain, arguments)!;
        await call;
        return context.InterfaceMethod.ReturnType is { IsGenericType: true } type ? type.GetProperty(nameof(Task<>.Result))!.GetValue(call) : null;
    }

    // Orleans' own exceptions are about the way to the grain; what a grain throws itself is none of them.
    private static bool MayPass(Exception failure) =>
        failure is SiloUnavailableException or OrleansMessageRejectionException or ClientNotAvailableException or GatewayTooBusyException
        || failure.GetType().Namespace is "Orleans.Runtime.Messaging";
}
