using Marketing.Catalogue;
using Marketing.Loyalties;

namespace Marketing.Distributions.Triggers;

/// <summary>What distributions want to know ahead of the members of a programme.</summary>
internal sealed class AheadListeners : IAheadListeners
{
    public IReadOnlyList<WantedAhead> Of(CatalogueSnapshot catalogue, string campaign, DateTimeOffset now)
    {
        List<WantedAhead>? wanted = null;
        foreach (var listener in catalogue.Distributions.Ahead(campaign))
        {
            if (listener.ListensAt(now))
            {
                (wanted ??= []).Add(new WantedAhead(listener.Draft.Trigger!.Type!, listener.Ahead!.Value));
            }
        }

        return wanted is null ? [] : [.. wanted.Distinct()];
    }
}
