using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace Marketing.Channels;

/// <summary>Connections that a test has made up.</summary>
internal sealed class FakeConnections : IConnections
{
    private readonly ConcurrentDictionary<string, ChannelConnection> _known = new(StringComparer.Ordinal);

    public ConnectionChoice Choose(int project, string type, string? named) => named is null
        ? new(_known.Values.FirstOrDefault(known => known.IsDefault && known.Type == type), IsMissing: false)
        : _known.TryGetValue(named, out var connection) ? new(connection, IsMissing: false) : new(null, IsMissing: true);

    public bool IsCurrent(ChannelConnection connection) => _known.TryGetValue(connection.Id, out var known) && ReferenceEquals(known, connection);

    /// <summary>Adds a connection, or puts it in place of the one with the same id.</summary>
    public ChannelConnection Add(string id, string type, string provider, object settings, object? credentials = null, int? perSecond = null, bool paused = false, bool isDefault = false) =>
        _known[id] = Make(id, type, provider, settings, credentials, perSecond, paused, isDefault);

    public static ChannelConnection Make(
        string id, string type, string provider, object settings, object? credentials = null, int? perSecond = null, bool paused = false, bool isDefault = false) => new()
        {
            Project = 1,
            Id = id,
            Type = type,
            Provider = provider,
            Values = new ConnectionValues(Json(settings), Json(credentials ?? new { })),
            PerSecond = perSecond,
            IsPaused = paused,
            IsDefault = isDefault,
        };

    private static RawJson Json(object value) => new(value is string text ? Encoding.UTF8.GetBytes(text) : JsonSerializer.SerializeToUtf8Bytes(value));
}
