using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Marketing.Hosting;

/// <summary>What a process says without being asked.</summary>
public static class QuietLogging
{
    /// <summary>Warnings of the frameworks, everything of the engine.</summary>
    public static ILoggingBuilder AddQuietDefaults(this ILoggingBuilder logging)
    {
        // Request lines carry unsubscribe tokens and source ids, which are addresses more often than not.
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        logging.AddFilter("Orleans", LogLevel.Warning);
        logging.AddFilter("Polly", LogLevel.Error);

        // Statements and their failures; what they mean is said by the code that asked.
        logging.AddFilter("Npgsql", LogLevel.Error);
        logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error);

        // Connections come and go with the processes at their ends, and a client that waits for the first silo says so itself.
        logging.AddFilter("Orleans.Runtime.Messaging.Connection", LogLevel.Error);
        logging.AddFilter("Orleans.Messaging.GatewayManager", LogLevel.Error);

        logging.Services.TryAddSingleton<LoggerFactory>();
        logging.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory, StartFailuresToldOnce>());

        // Takes the uptime of the machine for a stall, once at every start.
        logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        return logging;
    }
}
