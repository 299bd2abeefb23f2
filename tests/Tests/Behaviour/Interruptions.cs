using System.Collections.Concurrent;
using System.Reflection;
using Marketing.Storage;

namespace Marketing.Behaviour;

/// <summary>What comes before the next call of a method of the engine's parts: it is held up, or fails.</summary>
internal sealed class Interruptions
{
    private readonly ConcurrentDictionary<(Type Part, string Method), Func<Task>> _next = new();

    /// <summary>The next call does not do anything but fail, as in an outage.</summary>
    public void Fail<T>(string method) => _next[(typeof(T), method)] = () => throw new StorageUnavailableException("The database is away.");

    /// <summary>The next call waits until it is let go on.</summary>
    public HeldCall Hold<T>(string method)
    {
        var held = new HeldCall();
        _next[(typeof(T), method)] = held.WaitAsync;
        return held;
    }

    public Func<Task>? Next(MethodInfo method) => _next.TryRemove((method.DeclaringType!, method.Name), out var before) ? before : null;
}
