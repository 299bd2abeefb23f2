using System.Collections.Concurrent;
using System.Reflection;
using Marketing.Storage;

namespace Marketing.Behaviour;

/// <summary>What comes before or after the next call of a method of the engine's parts: it is held up, or fails.</summary>
internal sealed class Interruptions
{
    private readonly ConcurrentDictionary<(Type Part, string Method), Interruption> _next = new();

    /// <summary>The next call does not do anything but fail, as in an outage.</summary>
    public void Fail<T>(string method) => _next[(typeof(T), method)] = new Interruption(Before: Away);

    /// <summary>The next call with such an argument does what it is to do, and its answer gets lost.</summary>
    public void Lose<T, TArgument>(string method, Func<TArgument, bool> isIt) =>
        _next[(typeof(T), method)] = new Interruption(After: Away) { IsIt = arguments => isIt((TArgument)arguments[0]!) };

    /// <summary>The next call waits until it is let go on.</summary>
    public HeldCall Hold<T>(string method)
    {
        var held = new HeldCall();
        _next[(typeof(T), method)] = new Interruption(Before: held.WaitAsync);
        return held;
    }

    public Interruption? Next(MethodInfo method, object?[] arguments)
    {
        var key = (method.DeclaringType!, method.Name);
        return _next.TryGetValue(key, out var next) && next.IsIt(arguments) && _next.TryRemove(KeyValuePair.Create(key, next)) ? next : null;
    }

    private static Task Away() => Task.FromException(new StorageUnavailableException("The database is away."));
}
