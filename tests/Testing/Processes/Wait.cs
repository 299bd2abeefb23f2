using System.Diagnostics;

namespace Marketing.Testing;

/// <summary>Waiting for what another process does, never longer than said.</summary>
public static class Wait
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks every 50 ms until the condition holds; fails with the given explanation when it does not in time.</summary>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> UntilAsync(Func<Task<bool>> condition, TimeSpan atMost, Func<string> explain)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > atMost)
            {
                throw new TimeoutException(explain());
            }

            await Task.Delay(Between);
        }

        return watch.Elapsed;
    }

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, TimeSpan, Func{string})"/>
    public static Task<TimeSpan> UntilAsync(Func<bool> condition, TimeSpan atMost, Func<string> explain) =>
        UntilAsync(() => Task.FromResult(condition()), atMost, explain);
}
