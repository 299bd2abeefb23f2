using Marketing.Catalogue;
using Marketing.Loyalties;

namespace Marketing.Distributions.Triggers;

/// <summary>What distributions want to know ahead of the members of a programme.</summary>
internal sealed class AheadListeners : IAheadListeners
{
    private static readonly string[] Triggers = [TriggerCatalogue.PointsExpireSoon, TriggerCatalogue.TierExpiresSoon, TriggerCatalogue.TierNear];

    public IReadOnlyList<WantedAhead> Of(CatalogueSnapshot catalogue, string campaign, DateTimeOffset now)
    {
        List<WantedAhead>? wanted = null;
        foreach (var type in Triggers)
        {
            foreach (var listener in catalogue.Distributions.Listeners(type, campaign))
            {
                if (listener.Ahead is { } within && listener.ListensAt(now))
                {
                    (wanted ??= []).Add(new WantedAhead(type, within));
                }
            }
        }

        return wanted is null ? [] : [.. wanted.Distinct()];
    }
}
