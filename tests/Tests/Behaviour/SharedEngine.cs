using Xunit;

namespace Marketing.Behaviour;

/// <summary>One engine in real time for the tests that do not move the clock; each takes a shop of its own.</summary>
public sealed class SharedEngine : IAsyncLifetime
{
    private Engine? _engine;

    internal Engine Engine => _engine ?? throw new InvalidOperationException("The engine was not started.");

    public async ValueTask InitializeAsync() => _engine = await Engine.StartAsync();

    public ValueTask DisposeAsync() => _engine?.DisposeAsync() ?? default;
}
