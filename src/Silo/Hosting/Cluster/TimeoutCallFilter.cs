namespace Marketing.Hosting;

/// <summary>
/// Tells two things apart that both are a <see cref="TimeoutException"/>: nobody answered a call, which the caller may wait out, and something inside a grain
/// took too long, as a pattern that is matched for ever, which will be the same the next time.
/// </summary>
internal sealed class TimeoutCallFilter : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (TimeoutException inside) when (!context.TargetId.IsSystemTarget())
        {
            throw new InvalidOperationException($"{context.InterfaceName}.{context.MethodName} gave up: {inside.Message}", inside);
        }
    }

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (TimeoutException unanswered) when (!context.TargetId.IsSystemTarget())
        {
            throw new SiloUnavailableException($"{context.InterfaceName}.{context.MethodName} was not answered in time.", unanswered);
        }
    }
}
