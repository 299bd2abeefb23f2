using System.Net.Sockets;
using Marketing.Files;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Marketing.Hosting;

/// <summary>What keeps a process from starting although nothing is wrong with the program, in a line for the person who starts it.</summary>
public static class StartFailure
{
    /// <summary>The line, or null when the failure is a defect, of which everything has to be seen.</summary>
    /// <param name="failure">What came out of building or running the host.</param>
    /// <param name="urls">The option that says where the process listens.</param>
    public static string? Explain(Exception failure, string urls = "--urls") => failure switch
    {
        AggregateException { InnerExceptions: { Count: > 0 } several } =>
            several.Select(one => Explain(one, urls)).ToList() is var reasons && reasons.TrueForAll(reason => reason is not null) ? string.Join(" ", reasons.Distinct()) : null,
        SettingsRefusedException or ClusterNotConfiguredException or SiloPortInUseException => failure.Message,
        OptionsValidationException refusal => string.Join(" ", SettingsCheck.Reasons(refusal)),
        DataDirectoryInUseException => $"{failure.Message} Stop it, or choose another directory: --{DataDirectory.Key}=other",
        IOException { InnerException: AddressInUseException } => $"{failure.Message} Choose another one: {urls}=http://127.0.0.1:8090",
        SocketException => $"Cannot listen there: {failure.Message}. Choose another address: {urls}=http://127.0.0.1:8090",
        InvalidDataException { InnerException: { } inner } => $"{failure.Message} {inner.Message}",
        PostgresException refusal => $"PostgreSQL refuses: {refusal.MessageText}. Check ConnectionStrings:{ClusterSilo.ConnectionString}.",
        SqliteException => $"The databases in the data directory cannot be opened: {failure.Message}",
        UnauthorizedAccessException or IOException => $"{failure.Message.TrimEnd('.')}. Choose another directory: --{DataDirectory.Key}=other",
        _ => null,
    };
}
