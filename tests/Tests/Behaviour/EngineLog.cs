using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Marketing.Behaviour;

/// <summary>What the engine complained of, for the message of a test that fails.</summary>
internal sealed class EngineLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{formatter(state, exception)} {exception}");

    /// <summary>How many lines say it.</summary>
    public int Count(string text) => _lines.Count(line => line.Contains(text, StringComparison.Ordinal));

    public override string ToString() => string.Join('\n', _lines.TakeLast(30));

    public void Dispose()
    {
    }
}
