using System.Reflection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Serialization.Invocation;
using Xunit;

namespace Marketing.Clients;

/// <summary>Calls whose answer does not come: when they are made again, and when not.</summary>
public sealed class RepeatingCallTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly SiloLosses _losses;
    private readonly Answering _grain = new();

    public RepeatingCallTests() => _losses = new SiloLosses(_clock);

    [Fact]
    public async Task A_call_without_an_answer_is_made_again_when_a_silo_is_lost()
    {
        var call = CallAsync();
        _losses.Report();

        Assert.InRange(await PassUntilAnsweredAsync(call), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2));
        Assert.Equal(2, await call);
    }

    [Fact]
    public async Task A_call_that_went_to_a_silo_lost_a_moment_before_is_made_again()
    {
        _losses.Report();
        _clock.Advance(TimeSpan.FromSeconds(20));
        var call = CallAsync();

        Assert.InRange(await PassUntilAnsweredAsync(call), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5));
        Assert.Equal(2, await call);
    }

    [Theory]
    [InlineData(nameof(IAnswering.AskAsync), 120)]
    [InlineData(nameof(IAnswering.AskOnceAsync), 1)]
    public async Task A_call_that_is_only_slow_or_must_not_be_made_twice_is_waited_for(string method, int secondsSinceLoss)
    {
        _losses.Report();
        _clock.Advance(TimeSpan.FromSeconds(secondsSinceLoss));
        var call = CallAsync(method);

        Assert.Equal(TimeSpan.FromSeconds(25), await PassUntilAnsweredAsync(call));
        _grain.First.SetResult(1);
        Assert.Equal(1, await call);
        Assert.Equal(1, _grain.Calls);
    }

    private async Task<int> CallAsync(string method = nameof(IAnswering.AskAsync))
    {
        var context = FakeCall.Of(typeof(IAnswering).GetMethod(method)!, _grain);
        await new RepeatingCallFilter(_losses, _clock).Invoke(context);
        return (int)context.Result!;
    }

    // How long it took by the clock that stands still otherwise; 25 s when there is no answer.
    private async Task<TimeSpan> PassUntilAnsweredAsync(Task call)
    {
        var passed = TimeSpan.Zero;
        for (var step = TimeSpan.FromMilliseconds(100); !call.IsCompleted && passed < TimeSpan.FromSeconds(25); passed += step)
        {
            _clock.Advance(step);
            await Task.WhenAny(call, Task.Delay(TimeSpan.FromMilliseconds(5), TestContext.Current.CancellationToken));
        }

        return passed;
    }

    internal interface IAnswering
    {
        Task<int> AskAsync();

        [OneAttempt]
        Task<int> AskOnceAsync();
    }

    // The first answer gets lost unless a test gives it.
    private sealed class Answering : IAnswering
    {
        public TaskCompletionSource<int> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Calls { get; private set; }

        public Task<int> AskAsync() => ++Calls == 1 ? First.Task : Task.FromResult(Calls);

        public Task<int> AskOnceAsync() => AskAsync();
    }

#pragma warning disable CA1852 // A proxy derives from it at run time.
    private class FakeCall : DispatchProxy
#pragma warning restore CA1852
    {
        private MethodInfo _method = null!;
        private object _grain = null!;
        private object? _result;

        public static IOutgoingGrainCallContext Of(MethodInfo method, object grain)
        {
            var context = Create<IOutgoingGrainCallContext, FakeCall>();
            (((FakeCall)(object)context)._method, ((FakeCall)(object)context)._grain) = (method, grain);
            return context;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
        {
            nameof(IOutgoingGrainCallContext.Invoke) => InvokeAsync(),
            "get_" + nameof(IOutgoingGrainCallContext.InterfaceMethod) => _method,
            "get_" + nameof(IOutgoingGrainCallContext.Grain) => _grain,
            "get_" + nameof(IOutgoingGrainCallContext.TargetId) => GrainId.Create("answering", "1"),
            "get_" + nameof(IOutgoingGrainCallContext.Request) => Create<IInvokable, NoArguments>(),
            "get_" + nameof(IOutgoingGrainCallContext.Result) => _result,
            "set_" + nameof(IOutgoingGrainCallContext.Result) => _result = args![0],
            _ => throw new NotSupportedException(targetMethod.Name),
        };

        private async Task InvokeAsync() => _result = await (Task<int>)_method.Invoke(_grain, null)!;
    }

#pragma warning disable CA1852 // A proxy derives from it at run time.
    private class NoArguments : DispatchProxy
#pragma warning restore CA1852
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(IInvokable.GetArgumentCount) ? 0 : throw new NotSupportedException(targetMethod.Name);
    }
}
