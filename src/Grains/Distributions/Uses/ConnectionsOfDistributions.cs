using Marketing.Catalogue;
using Marketing.Connections;

namespace Marketing.Distributions;

/// <summary>The distributions that listen or send, and go over a connection.</summary>
internal sealed class ConnectionsOfDistributions : IConnectionUser
{
    public IEnumerable<string> UsersOf(string connection, string type, bool isDefault, CatalogueSnapshot catalogue) => catalogue.Distributions.All
        .Where(entry => entry.Draft.Channels.Any(channel => channel.Connection == connection || (isDefault && channel.Connection is null && channel.Type == type)))
        .Select(static entry => entry.Id);
}
