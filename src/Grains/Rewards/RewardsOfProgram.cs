using Marketing.Campaigns;
using Marketing.Loyalties;
using Marketing.Storage;
using Marketing.ValidationRules;

namespace Marketing.Rewards;

/// <summary>Assignments end with their programme; the rewards stay.</summary>
internal sealed class RewardsOfProgram(ITableStore<RewardAssignmentRow> assignments, RulesAtBirth rules) : IProgramContent
{
    public async Task<IReadOnlyList<RowWrite>> RemovalAsync(int project, CampaignRow campaign)
    {
        var found = await assignments.FindManyAsync(project, RewardAssignmentTable.Campaign, [campaign.Number], RewardLimits.AssignmentsOfProject);
        return
        [
            .. found.Select(RewardAssignmentTable.Assignments.Delete),
            .. found.Count == 0 ? [] : await rules.ReleaseAsync(project, RewardAssignmentTarget.Kind, [.. found.Select(static row => row.Id)]),
        ];
    }
}
