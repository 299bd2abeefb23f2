using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Json;
using Marketing.Loyalties;
using Marketing.Rewards;

namespace Marketing.Redemptions;

/// <summary>Takes the points of a card and what is given for them, in the same breath.</summary>
internal sealed class RewardExchange(RewardGiver giver, MemberBooks books)
{
    /// <summary>What becomes of the card and the reward. Null where a code that was to be given has gone meanwhile.</summary>
    /// <param name="decided">What was decided.</param>
    /// <param name="one">The card.</param>
    /// <param name="redemptionId">The redemption.</param>
    /// <param name="orderId">The order; null for none.</param>
    /// <param name="channel">Who asked.</param>
    public async Task<Exchanged?> PrepareAsync(Decided decided, DecidedRedeemable one, string redemptionId, string? orderId, string channel)
    {
        var (catalogue, reward, card) = (decided.Case.Catalogue, one.Redeemable.Reward!, one.Redeemable.Voucher!);
        var (book, entry) = (reward.Book!, reward.Assignment!.Reward);

        // Points that are given in the same programme are not those that pay for it: what is taken is taken first.
        var taken = one.Points == 0 ? null : book.Take(PointsTypes.Redemption, one.Points, new PointsCause(null, null, channel, Details(entry, redemptionId, orderId)));
        var holder = new RewardedCustomer(book.Row.Customer, card.HolderId!, CustomerJson.Read(card.Person!.Document).SourceId);
        if (await giver.PrepareAsync(catalogue, reward.Offer!, holder, new RewardCause(redemptionId, channel)) is not { } prepared)
        {
            return null;
        }

        var shown = WrittenJson.Of(json => RedeemedRewardJson.Write(reward, prepared.Voucher, forMessage: false, json), 1_024);
        return new Exchanged(book, card.HolderId, prepared, new RedeemedReward(entry.Id, reward.Assignment.Id, shown, taken?.Buckets ?? [], prepared.Given));
    }

    /// <summary>What is to be written of the members; none where no points changed hands.</summary>
    public async Task<IReadOnlyList<MemberChange>> CloseAsync(CatalogueSnapshot catalogue, Exchanged exchanged)
    {
        if (exchanged.Book is not { } book)
        {
            return [];
        }

        var other = exchanged.Prepared?.Member;
        return await books.CloseAsync(catalogue, other is null || ReferenceEquals(other, book) ? [book] : [book, other], exchanged.Holder!);
    }

    /// <summary>Nobody knows whether it was recorded.</summary>
    public Task ForgetAsync(int project, Exchanged exchanged) => giver.SettleAsync(project, exchanged.Prepared?.Taken ?? [], null);

    private static RawJson Details(RewardEntry reward, string redemptionId, string? orderId) => WrittenJson.Of(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("reward"u8);
        json.WriteString("id"u8, reward.Id);
        json.WriteString("name"u8, reward.Row.Name);
        json.WriteEndObject();
        json.WriteStartObject("redemption"u8);
        json.WriteString("id"u8, redemptionId);
        json.WriteEndObject();
        if (orderId is not null)
        {
            json.WriteStartObject("order"u8);
            json.WriteString("id"u8, orderId);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    });
}

/// <summary>Points that were taken and what is given for them.</summary>
/// <param name="Book">The member who pays; null where nobody does.</param>
/// <param name="Holder">The member's customer id.</param>
/// <param name="Prepared">What is given.</param>
/// <param name="Kept">What is stored of it.</param>
internal sealed record Exchanged(MemberBook? Book, string? Holder, PreparedReward? Prepared, RedeemedReward? Kept)
{
    public static readonly Exchanged Nothing = new(null, null, null, null);
}
