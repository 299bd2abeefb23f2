using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Marketing.Behaviour;

/// <summary>A part of the engine that does as it always does, except where <see cref="Interruptions"/> come in between.</summary>
#pragma warning disable CA1852 // Proxies derive from it at run time.
internal class InterruptedPart : DispatchProxy
#pragma warning restore CA1852
{
    private object _part = null!;
    private Interruptions _interruptions = null!;

    /// <summary>Puts it in the place of the part.</summary>
    public static void Replace<T>(IServiceCollection services, Interruptions interruptions)
        where T : class
    {
        var made = services.Last(service => service.ServiceType == typeof(T));
        services.Replace(ServiceDescriptor.Singleton(provider =>
        {
            var proxy = Create<T, InterruptedPart>();
            var interrupted = (InterruptedPart)(object)proxy;
            interrupted._part = made.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, made.ImplementationType!);
            interrupted._interruptions = interruptions;
            return proxy;
        }));
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (_interruptions.Next(targetMethod!, args!) is not { } interruption)
        {
            return Go();
        }

        return targetMethod!.ReturnType.IsGenericType
            ? typeof(InterruptedPart).GetMethod(nameof(AnswerAsync), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(targetMethod.ReturnType.GetGenericArguments()).Invoke(null, [interruption, (Func<object?>)Go])
            : EndAsync(interruption, Go);

        object? Go() => targetMethod!.Invoke(_part, BindingFlags.DoNotWrapExceptions, null, args, null);
    }

    private static async Task<T> AnswerAsync<T>(Interruption interruption, Func<object?> go)
    {
        await interruption.BeforeAsync();
        var answer = await (Task<T>)go()!;
        await interruption.AfterAsync();
        return answer;
    }

    private static async Task EndAsync(Interruption interruption, Func<object?> go)
    {
        await interruption.BeforeAsync();
        await (Task)go()!;
        await interruption.AfterAsync();
    }
}
