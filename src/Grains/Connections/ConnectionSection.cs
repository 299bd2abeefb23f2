using System.Collections.Frozen;
using System.Text.Json;
using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Projects;
using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.Connections;

/// <summary>The connections of a project. Immutable.</summary>
internal sealed class ConnectionSection
{
    private readonly FrozenDictionary<string, (long Version, ChannelConnection Connection)> _byId;
    private readonly FrozenDictionary<string, ChannelConnection> _defaults;

    public ConnectionSection(IReadOnlyCollection<(long Version, ChannelConnection Connection)> all)
    {
        _byId = all.ToFrozenDictionary(static one => one.Connection.Id, StringComparer.Ordinal);
        _defaults = all.Select(static one => one.Connection).Where(static one => one.IsDefault).DistinctBy(static one => one.Type).ToFrozenDictionary(static one => one.Type, StringComparer.Ordinal);
    }

    /// <summary>Of any type; null where there is none.</summary>
    public ChannelConnection? Find(string id) => _byId.TryGetValue(id, out var one) ? one.Connection : null;

    /// <summary>What is kept of a row, if it is of the same version.</summary>
    public ChannelConnection? Of(ConnectionRow row) => _byId.TryGetValue(row.Id, out var one) && one.Version == row.Version ? one.Connection : null;

    /// <inheritdoc cref="IConnections.Choose"/>
    public ConnectionChoice Choose(string type, string? named) => named is null
        ? new(_defaults.GetValueOrDefault(type), IsMissing: false)
        : Find(named) is { } connection && connection.Type == type ? new(connection, IsMissing: false) : new(null, IsMissing: true);

    /// <summary>What an entry of a draft goes over.</summary>
    public ConnectionChoice Choose(IChannel channel, ChannelDefinition entry) =>
        Choose(channel.Type, entry.Connection) is var choice && entry.Connection is null && choice.Connection is { } connection && !channel.TakesDefault(entry, connection) ? default : choice;

    /// <summary>What is wrong with the connection that an entry of a draft names, or takes; null when nothing is.</summary>
    public string? ProblemOf(IChannel channel, ChannelDefinition entry) => (channel.Connections, Choose(channel, entry)) switch
    {
        (ConnectionUse.None, _) => entry.Connection is null ? null : $"the channel {channel.Type} has no connections",
        (_, { IsMissing: true }) => $"there is no such connection of the type {channel.Type}",
        (_, { Connection.Problem: { } problem }) => problem,
        (ConnectionUse.Required, { Connection: null }) => $"is required: the project has no default connection of the type {channel.Type}",
        _ => null,
    };
}

/// <summary>Reads the connections of a project, with their credentials in the clear.</summary>
internal sealed partial class ConnectionSectionReader(
    ITableStore<ConnectionRow> store, ISecretProtection protection, ConnectionBook book, ILogger<ConnectionSectionReader> logger) : SectionReader<ConnectionSection>
{
    public override IReadOnlyList<string> Tables => ["connections"];

    protected override async ValueTask<ConnectionSection> ReadAsync(int project, ConnectionSection? before) =>
        new([.. (await store.AllAsync(project)).Select(row => (row.Version, before?.Of(row) ?? Read(project, row)))]);

    protected override void Replaced(CatalogueSnapshot catalogue, ConnectionSection? before, ConnectionSection now) => book.Become(catalogue.Project, now);

    private ChannelConnection Read(int project, ConnectionRow row)
    {
        var (values, problem) = (ConnectionValues.None, (string?)null);
        try
        {
            values = ConnectionRules.ValuesOf(row, protection);
        }
        catch (Exception unreadable) when (unreadable is InvalidOperationException or JsonException)
        {
            // One that cannot be read must not keep the silo from everything else of the project.
            LogUnreadable(unreadable, row.Id, project);
            problem = "the credentials of the connection cannot be read; enter them again";
        }

        return new ChannelConnection
        {
            Project = project,
            Id = row.Id,
            Type = row.Type,
            Provider = row.Provider,
            Values = values,
            IsDefault = row.IsDefault,
            IsPaused = row.IsPaused,
            PerSecond = row.RateLimit,
            Problem = problem,
        };
    }

    [LoggerMessage(LogLevel.Error, "The credentials of connection {Connection} of project {Project} cannot be read")]
    private partial void LogUnreadable(Exception exception, string connection, int project);
}
