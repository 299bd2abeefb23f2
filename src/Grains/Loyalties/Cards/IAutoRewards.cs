using Marketing.Catalogue;

namespace Marketing.Loyalties;

/// <summary>What cards redeem by themselves, which is another feature's to know.</summary>
internal interface IAutoRewards
{
    /// <summary>The points from which on a card of a programme redeems by itself; null where nothing is redeemed so.</summary>
    /// <param name="catalogue">The project's.</param>
    /// <param name="program">The programme.</param>
    /// <param name="tier">The member's tier; null for none.</param>
    long? CostIn(CatalogueSnapshot catalogue, LoyaltyProgram program, LoyaltyTierEntry? tier);

    /// <summary>Redeems for one card as often as there are points for, and there is something to be had, up to the most of a night. Each time is one commit; repeated for the same day it goes on where it ended.</summary>
    Task RedeemAsync(CatalogueSnapshot catalogue, MemberRow member, DateOnly day);
}
