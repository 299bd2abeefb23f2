namespace Marketing.Behaviour;

/// <summary>What happens to a call.</summary>
internal sealed record Interruption(Func<Task>? Before = null, Func<Task>? After = null)
{
    /// <summary>Whether it is the call with these arguments that is meant.</summary>
    public Func<object?[], bool> IsIt { get; init; } = static _ => true;

    public Task BeforeAsync() => Before?.Invoke() ?? Task.CompletedTask;

    public Task AfterAsync() => After?.Invoke() ?? Task.CompletedTask;
}
