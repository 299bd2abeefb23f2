using Marketing.Loyalties;
using Marketing.Rewards;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Redemptions;

/// <summary>Gives points back that a reward was redeemed with, and takes back what was given for them as far as it is still there.</summary>
internal sealed class RewardReturns(RewardGiver giver, MemberBooks books, ITableStore<MemberRow> members)
{
    /// <summary>What is to be written of the card that paid, and of what it paid for. Of a card whose holder is gone nothing is left to be given back.</summary>
    /// <param name="taken">What is taken back.</param>
    /// <param name="rollbackId">The rollback.</param>
    /// <param name="channel">Who asked.</param>
    public async Task<ReturnedReward> ReturnAsync(TakenBack taken, string rollbackId, string channel)
    {
        var (row, document) = taken.Parts.FirstOrDefault(static part => part.Document.Reward is not null);
        if (document?.Reward is not { } reward || taken.HistoryOf is not { } holder || (await members.FindManyAsync(taken.Project, [row.Voucher!.Value])) is not [var member] || member.Customer != row.Customer)
        {
            return ReturnedReward.Nothing;
        }

        if (await books.OpenAsync(taken.Catalogue, [member], member.Customer) is not [var book])
        {
            return ReturnedReward.Nothing;
        }

        if (reward.Buckets.Count > 0)
        {
            book.Return(reward.Buckets, new PointsCause(null, null, channel, Details(reward.Id, row.Id, rollbackId)));
        }

        var (gift, other) = await giver.TakeBackAsync(taken.Catalogue, reward.Given, member.Customer, book, new RewardCause(rollbackId, channel));
        var closed = await books.CloseAsync(taken.Catalogue, other is null || ReferenceEquals(other, book) ? [book] : [book, other], holder);
        return new ReturnedReward(closed, gift, row.Voucher, MemberJson.FiguresOf(book.State));
    }

    private static RawJson Details(string reward, string redemption, string rollback) => Json.WrittenJson.Of(json =>
    {
        json.WriteStartObject();
        foreach (var (name, id) in new[] { ("reward", reward), ("redemption", redemption), ("rollback", rollback) })
        {
            json.WriteStartObject(name);
            json.WriteString("id"u8, id);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    });
}

/// <summary>What is given back of a reward, and taken back.</summary>
/// <param name="Members">Members whose points change.</param>
/// <param name="Gift">What is taken back; null for nothing.</param>
/// <param name="Number">The card that paid; null for none.</param>
/// <param name="Card">What is on it then.</param>
internal sealed record ReturnedReward(IReadOnlyList<MemberChange> Members, RewardGift? Gift, long? Number, CardFigures? Card)
{
    public static readonly ReturnedReward Nothing = new([], null, null, null);

    /// <summary>A voucher as it is then.</summary>
    public VoucherView Show(VoucherView voucher) => voucher.Row.Number == Number ? voucher with { Card = Card } : voucher;
}
