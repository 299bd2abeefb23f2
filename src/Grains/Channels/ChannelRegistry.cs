namespace Marketing.Channels;

/// <summary>The channels this deployment has, by type.</summary>
internal sealed class ChannelRegistry(IEnumerable<IChannel> channels)
{
    private readonly Dictionary<string, IChannel> _byType = channels.ToDictionary(channel => channel.Type, StringComparer.Ordinal);

    public IEnumerable<IChannel> All => _byType.Values;

    public IEnumerable<string> Types => _byType.Keys;

    public IChannel? Find(string? type) => type is null ? null : _byType.GetValueOrDefault(type);
}
