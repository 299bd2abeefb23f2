using Marketing.Catalogue;
using Marketing.Topics;

namespace Marketing.Distributions;

/// <summary>The distributions that listen or send, and name a topic.</summary>
internal sealed class TopicsOfDistributions : ITopicUser
{
    public IEnumerable<string> UsersOf(string topic, CatalogueSnapshot catalogue) =>
        catalogue.Distributions.All.Where(entry => entry.Draft.Topic == topic).Select(static entry => entry.Id);
}
