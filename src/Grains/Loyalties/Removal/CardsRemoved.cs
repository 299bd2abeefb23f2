using Marketing.Customers;
using Marketing.Customers.Facts;
using Marketing.Storage;

namespace Marketing.Loyalties;

/// <summary>Cards of a customer go, and what the profile says of them.</summary>
[GenerateSerializer, Immutable, Alias("loyalty-cards-removed")]
internal sealed record CardsRemoved : CustomerFact
{
    [Id(0)] public required IReadOnlyList<RemovedCard> Cards { get; init; }
}

/// <summary>A card that goes.</summary>
/// <param name="Row">The member, as it was read.</param>
/// <param name="Program">What the profile calls the programme; null where nobody knows any more.</param>
/// <param name="Told">The balance that the profile knows of.</param>
/// <param name="IsLast">Whether the customer has no other card of the programme.</param>
[GenerateSerializer, Immutable, Alias("loyalty-card-removed")]
internal sealed record RemovedCard([property: Id(0)] MemberRow Row, [property: Id(1)] string? Program, [property: Id(2)] long Told, [property: Id(3)] bool IsLast);

/// <summary>Takes the balance of a card out of the profile in the commit that deletes it. What was spent with it stays told.</summary>
internal sealed class CardsRemovedFold : CustomerFold<CardsRemoved>
{
    public override CustomerAnswer RefusedBy(CustomerFact fact, Guard guard) => new CustomerAnswer.Superseded();

    public override bool DecidesOn(Guard guard) => true;

    protected override CustomerPatch? NewProfile(CardsRemoved fact) => null;

    protected override Folded Fold(CardsRemoved fact, CustomerWork work)
    {
        foreach (var card in fact.Cards)
        {
            work.Commit.Rows.Add(MemberTable.Members.Delete(card.Row));
            work.Customer.Loyalty.Points -= card.Told;
            work.Customer.Summary.Redemptions.LoyaltyCard.PointsToGo -= card.Told;
            if (card.Program is { } program && work.Customer.Loyalty.Campaigns.TryGetValue(program, out var known))
            {
                known.Points -= card.Told;
                if (card.IsLast)
                {
                    work.Customer.Loyalty.Campaigns.Remove(program);
                }
            }
        }

        return Folded.Changed();
    }
}
