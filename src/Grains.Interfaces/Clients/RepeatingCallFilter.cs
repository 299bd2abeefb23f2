namespace Marketing.Clients;

/// <inheritdoc cref="RepeatingCalls.AddRepeatingCalls"/>
internal sealed class RepeatingCallFilter(SiloLosses losses, TimeProvider clock) : IOutgoingGrainCallFilter
{
    // How long after its start a call is made again; what fails later is the caller's to repeat.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // What an answer may still take that was under way when a silo was lost: perhaps it was another silo's.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

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
        var pause = FirstPause;
        while (true)
        {
            try
            {
                if (!await IsAnsweredAsync(call, context))
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
            call = RepeatAsync(context);
        }
    }

    // False when a silo was lost and no answer came for a while.
    private async Task<bool> IsAnsweredAsync(Task call, IOutgoingGrainCallContext context)
    {
        if (!call.IsCompleted && await Task.WhenAny(call, losses.Next) != call)
        {
            await Task.WhenAny(call, Task.Delay(Grace, clock));
            if (!call.IsCompleted && IsRepeatable(context))
            {
                call.Ignore();
                return false;
            }
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
