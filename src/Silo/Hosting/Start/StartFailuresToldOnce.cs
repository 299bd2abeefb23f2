using Microsoft.Extensions.Logging;

namespace Marketing.Hosting;

/// <summary>
/// Keeps the host from logging, with a stack trace, a failure to start that the program explains in a line of its own. All else is logged as ever.
/// </summary>
internal sealed class StartFailuresToldOnce(LoggerFactory loggers) : ILoggerFactory
{
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host";

    public ILogger CreateLogger(string categoryName)
    {
        var logger = loggers.CreateLogger(categoryName);
        return categoryName == Host ? new Filtered(logger) : logger;
    }

    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    public void Dispose() => loggers.Dispose();

    private sealed class Filtered(ILogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // What is canceled because the process ends is no failure either.
            var isTold = exception is OperationCanceledException
                || (eventId.Name == "HostedServiceStartupFaulted" && exception is not null && StartFailure.Explain(exception) is not null);
            if (!isTold)
            {
                logger.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}
