using System.Collections.Concurrent;
using Marketing.Channels;

namespace Marketing.Connections;

/// <summary>The connections as this silo's catalogues have them. Whoever sends for a project has its catalogue.</summary>
internal sealed class ConnectionBook : IConnections
{
    private readonly ConcurrentDictionary<int, ConnectionSection> _sections = new();

    public void Become(int project, ConnectionSection section) => _sections[project] = section;

    public ConnectionChoice Choose(int project, string type, string? named) =>
        _sections.TryGetValue(project, out var section) ? section.Choose(type, named) : new ConnectionChoice(null, IsMissing: named is not null);

    public bool IsCurrent(ChannelConnection connection) => _sections.TryGetValue(connection.Project, out var section) && ReferenceEquals(section.Find(connection.Id), connection);
}
