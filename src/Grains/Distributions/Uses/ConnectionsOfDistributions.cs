using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Connections;

namespace Marketing.Distributions;

/// <summary>The distributions that listen or send, and go over a connection.</summary>
internal sealed class ConnectionsOfDistributions(ChannelRegistry channels) : IConnectionUser
{
    public IEnumerable<string> UsersOf(string connection, string type, bool isDefault, CatalogueSnapshot catalogue)
    {
        var chosen = isDefault ? catalogue.Section<ConnectionSection>().Find(connection) : null;
        bool Takes(ChannelDefinition entry) => chosen is not null && entry.Connection is null && entry.Type == type && channels.Find(type)?.TakesDefault(entry, chosen) is not false;
        return catalogue.Distributions.All
            .Where(entry => entry.Draft.Channels.Any(channel => channel.Connection == connection || Takes(channel)))
            .Select(static entry => entry.Id);
    }
}
