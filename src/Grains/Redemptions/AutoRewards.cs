using Marketing.Catalogue;
using Marketing.Loyalties;
using Marketing.Rewards;

namespace Marketing.Redemptions;

/// <summary>Redeems what cards redeem by themselves, as if somebody had asked for it.</summary>
internal sealed class AutoRewards(IGrainFactory grains) : IAutoRewards
{
    public long? CostIn(CatalogueSnapshot catalogue, LoyaltyProgram program, LoyaltyTierEntry? tier) => catalogue.Section<RewardSection>().RedeemedByItself(program.Campaign.Number)?.CostIn(tier);

    public async Task RedeemAsync(CatalogueSnapshot catalogue, MemberRow member, DateOnly day)
    {
        if (catalogue.Section<RewardSection>().RedeemedByItself(member.Campaign) is not { } assignment)
        {
            return;
        }

        var (project, redemptions) = (catalogue.Project, grains.Redemptions(catalogue.Project));
        for (var time = 0; time < RewardLimits.RedeemedInNight; time++)
        {
            var id = ObjectIds.FromSource("r_", project, $"{member.Id}\n{day.DayNumber}\n{time}");
            var command = new RedemptionCommand
            {
                Id = id,
                Redeemables = [new RedeemableReference(RedeemableReference.Voucher, member.Id, null) { Reward = new RewardChoice(assignment.Reward.Id, null) { IsByItself = true } }],
            };
            var context = new CommandContext { RequestId = RequestIds.New(), IdempotencyKey = id };

            // What cannot be had is no failed redemption: nobody asked for it.
            if (await redemptions.ValidateAsync(command, context) is not ValidationResult.Decided { Valid: true } || await redemptions.RedeemAsync(command, context) is not RedemptionResult.Done)
            {
                return;
            }
        }
    }
}
