using Marketing.Catalogue;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Loyalties;

/// <summary>What is on cards, for the feature of vouchers.</summary>
internal sealed class LoyaltyCards(ITableStore<MemberRow> members, Catalogues catalogues, CardRemoval removal) : ILoyaltyCards
{
    public async Task<IReadOnlyDictionary<long, CardFigures>> ReadAsync(int project, IReadOnlyCollection<long> cards)
    {
        var tiers = (await catalogues.GetAsync(project)).Section<LoyaltySection>();
        return (await members.FindManyAsync(project, cards)).ToDictionary(static row => row.Number, row =>
        {
            var state = MemberState.Read(row.Document);
            return state.Tier is { } tier && tiers.FindTier(tier.Tier) is { } known
                ? MemberJson.FiguresOf(state) with { Tier = known.Name, TierEnds = tier.Ends is { } last ? LoyaltyJson.Day(last) : null }
                : MemberJson.FiguresOf(state);
        });
    }

    // Points that wait stay behind where the customer stays; they wait for nobody.
    public Task RemoveAsync(int project, IReadOnlyCollection<long> cards) => removal.RemoveAsync(project, cards);

    public string AccountOf(long card) => PointsAccounts.Of(card);

    public RawJson Transaction(string voucherId, string? campaignId, LedgerRow entry) => MemberJson.Transaction(voucherId, campaignId, entry);
}
