using Marketing.Catalogue;
using Marketing.Loyalties;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Rewards;

/// <summary>Reads what it takes to decide whether a card pays for a reward.</summary>
internal sealed class RewardCases(ITableStore<MemberRow> members, MemberBooks books, RewardGiver giver)
{
    /// <param name="catalogue">The project's.</param>
    /// <param name="card">The card, as it is now.</param>
    /// <param name="rewardId">The reward.</param>
    /// <param name="points">How many points are to be spent on an order at the most; null for as many as it takes.</param>
    /// <param name="isByItself">Whether the card redeems it by itself: before what ends in this night is taken.</param>
    public async Task<RewardCase> ReadAsync(CatalogueSnapshot catalogue, VoucherView card, string rewardId, long? points, bool isByItself)
    {
        var code = card.Row.Code;
        if (card.Campaign is not { } campaign || card.HolderId is null || (await members.FindManyAsync(catalogue.Project, [card.Row.Number])) is not [var row])
        {
            return Refused(RewardRefusal.NotPublished(code));
        }

        if (catalogue.Section<RewardSection>().OfCampaign(campaign.Number).FirstOrDefault(one => one.Reward.Id == rewardId) is not { } assignment)
        {
            return Refused(RewardRefusal.NotFound("reward", rewardId));
        }

        if (await books.OpenAsync(catalogue, [row], row.Customer, pauses: isByItself) is not [var book])
        {
            return Refused(RewardRefusal.NotFound("campaign", campaign.Id));
        }

        var tier = book.Program.Find(book.State.Tier?.Tier);
        if (assignment.CostIn(tier) is not { } cost)
        {
            return Refused(RewardRefusal.NotFound("reward", rewardId));
        }

        var given = new RewardCase { Assignment = assignment, Book = book, Tier = tier, Cost = cost, AskedPoints = points, IsByItself = isByItself };
        if (cost > book.State.Balance || (assignment.Reward.IsCoin && points > book.State.Balance))
        {
            return given with { Refusal = RewardRefusal.PointsExceeded(code) };
        }

        var offer = await giver.OfferAsync(catalogue, assignment.Reward, row.Customer, book);
        return given with { Offer = offer, Refusal = offer.WhyNot };
    }

    private static RewardCase Refused(RewardRefusal why) => new() { Refusal = why };
}
