using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Loyalties;

/// <summary>What is on cards, for the feature of vouchers.</summary>
internal sealed class LoyaltyCards(ITableStore<MemberRow> members, CardRemoval removal) : ILoyaltyCards
{
    public async Task<IReadOnlyDictionary<long, CardFigures>> ReadAsync(int project, IReadOnlyCollection<long> cards) =>
        (await members.FindManyAsync(project, cards)).ToDictionary(static row => row.Number, static row => MemberJson.FiguresOf(MemberState.Read(row.Document)));

    // Points that wait stay behind where the customer stays; they wait for nobody.
    public Task RemoveAsync(int project, IReadOnlyCollection<long> cards) => removal.RemoveAsync(project, cards);

    public string AccountOf(long card) => PointsAccounts.Of(card);

    public RawJson Transaction(string voucherId, string? campaignId, LedgerRow entry) => MemberJson.Transaction(voucherId, campaignId, entry);
}
