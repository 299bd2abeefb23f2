using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Loyalties;
using Marketing.Storage;
using Marketing.Vouchers;
using Orleans.Concurrency;

namespace Marketing.Rewards;

[GrainType("reward-queries"), StatelessWorker, Reentrant]
internal sealed class RewardQueriesGrain(RewardReads reads, VoucherReads vouchers, ITableStore<MemberRow> members, Catalogues catalogues) : Grain, IRewardQueriesGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<RawJson?> FindAsync(string rewardId, CancellationToken cancellation) => await reads.FindAsync(await catalogues.FreshAsync(Project), rewardId);

    public async Task<Page<RawJson>> ListAsync(string? assignment, int limit, int page, CancellationToken cancellation)
    {
        var section = (await catalogues.FreshAsync(Project)).Section<RewardSection>();
        var found = assignment is null ? [.. section.Newest] : section.FindAssignment(assignment) is { } one ? new List<RewardEntry> { one.Reward } : [];
        var shown = PageOf(found, limit, page);
        return shown.Of(await reads.ShowAsync(Project, shown.Items));
    }

    public async Task<RawJson?> FindAssignmentAsync(RewardAssignmentReference assignment, CancellationToken cancellation)
    {
        var catalogue = await catalogues.FreshAsync(Project);
        return Find(catalogue, assignment) is { } found ? RewardJson.Assignment(catalogue, found) : null;
    }

    public async Task<RawJson?> RewardOfAsync(RewardAssignmentReference assignment, CancellationToken cancellation)
    {
        var catalogue = await catalogues.FreshAsync(Project);
        return Find(catalogue, assignment) is { } found ? (await reads.ShowAsync(Project, [found.Reward]))[0] : null;
    }

    public async Task<Page<RawJson>?> AssignmentsOfRewardAsync(string rewardId, int limit, int page, CancellationToken cancellation)
    {
        var catalogue = await catalogues.FreshAsync(Project);
        return catalogue.Section<RewardSection>().Find(rewardId) is { } reward
            ? Assignments(catalogue, catalogue.Section<RewardSection>().All.Where(one => one.Reward == reward && catalogue.Section<CampaignSection>().Find(one.Row.Campaign) is { IsDeleted: false }), limit, page)
            : null;
    }

    public async Task<Page<RawJson>?> AssignmentsOfProgramAsync(string program, string? assignment, int limit, int page, CancellationToken cancellation)
    {
        var catalogue = await catalogues.FreshAsync(Project);
        return catalogue.Section<CampaignSection>().Find(program) is { Row.CampaignType: CampaignTypes.Loyalty } campaign
            ? Assignments(catalogue, catalogue.Section<RewardSection>().OfCampaign(campaign.Number).Where(one => assignment is null || one.Id == assignment), limit, page)
            : null;
    }

    public async Task<IReadOnlyList<RawJson>?> OfMemberAsync(string member, bool affordableOnly, CancellationToken cancellation)
    {
        var catalogue = await catalogues.FreshAsync(Project);
        if (await vouchers.FindRowAsync(catalogue, member) is not { Type: VoucherTypes.Loyalty } card || LoyaltyProgram.Of(catalogue, card.Campaign!.Value) is not { } program)
        {
            return null;
        }

        var state = (await members.FindManyAsync(Project, [card.Number])) is [var row] ? MemberState.Read(row.Document) : new MemberState();
        return await OfTierAsync(catalogue, program, program.Find(state.Tier?.Tier), affordableOnly ? state.Balance : long.MaxValue, "loyalty_reward");
    }

    public async Task<IReadOnlyList<RawJson>?> OfTierAsync(string program, string tierId, CancellationToken cancellation)
    {
        var catalogue = await catalogues.FreshAsync(Project);
        return catalogue.Section<CampaignSection>().Find(program) is { } campaign && LoyaltyProgram.Of(catalogue, campaign) is { } found && found.Find(tierId) is { } tier
            ? await OfTierAsync(catalogue, found, tier, long.MaxValue, "loyalty_tier_reward")
            : null;
    }

    private async Task<IReadOnlyList<RawJson>> OfTierAsync(CatalogueSnapshot catalogue, LoyaltyProgram program, LoyaltyTierEntry? tier, long points, string kind)
    {
        var open = catalogue.Section<RewardSection>().OfCampaign(program.Campaign.Number).Select(one => (Assignment: one, Cost: one.CostIn(tier)))
            .Where(one => one.Cost is { } cost && (one.Assignment.Reward.IsCoin ? one.Assignment.Reward.PointsRatio : cost) <= points).ToList();
        var counts = await reads.CountAsync(Project, [.. open.Select(static one => one.Assignment.Reward)]);
        return [.. open.Select(one => RewardJson.Pair(catalogue, one.Assignment, counts[one.Assignment.Reward.Number], one.Cost!.Value, kind))];
    }

    private static RewardAssignmentEntry? Find(CatalogueSnapshot catalogue, RewardAssignmentReference asked) => catalogue.Section<RewardSection>().Find(asked, catalogue.Section<CampaignSection>());

    private static Page<RawJson> Assignments(CatalogueSnapshot catalogue, IEnumerable<RewardAssignmentEntry> found, int limit, int page)
    {
        var shown = PageOf([.. found.Reverse()], limit, page);
        return shown.Of<RawJson>([.. shown.Items.Select(one => RewardJson.Assignment(catalogue, one))]);
    }

    private static Page<T> PageOf<T>(List<T> all, int limit, int page)
    {
        var start = (page - 1) * limit;
        return new Page<T>([.. all.Skip(start).Take(limit)], all.Count, all.Count > start + limit);
    }
}
