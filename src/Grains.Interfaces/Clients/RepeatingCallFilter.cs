using Orleans.Runtime;

namespace Marketing.Clients;

/// <summary>
/// For clients of the cluster: makes a call again when the silo that had it went away, as one does while silos are restarted one after the other.
/// Repeating is safe: commands know by their request id what was done already. Methods marked with <see cref="OneAttemptAttribute"/> are left alone.
/// Register it with <c>client.AddOutgoingGrainCallFilter&lt;RepeatingCallFilter&gt;()</c>.
/// </summary>
/// <param name="clock">The time.</param>
public sealed class RepeatingCallFilter(TimeProvider clock) : IOutgoingGrainCallFilter
{
    /// <summary>How long after its start a call is made again; what fails later is the caller's to repeat.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var start = clock.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await context.Invoke();
                return;
            }
            catch (Exception failure) when (
                MayPass(failure) && clock.GetElapsedTime(start) < Patience && !context.InterfaceMethod.IsDefined(typeof(OneAttemptAttribute), inherit: true))
            {
                // The next silo, or the next incarnation of the same one.
            }

            RepeatedCalls.Mark();
            await Task.Delay(pause, clock);
        }
    }

    // Orleans' own exceptions are about the way to the grain; what a grain throws itself is none of them.
    private static bool MayPass(Exception failure) =>
        failure is SiloUnavailableException or OrleansMessageRejectionException or ClientNotAvailableException or GatewayTooBusyException or TimeoutException
        || failure.GetType().Namespace is "Orleans.Runtime.Messaging";
}
