using Marketing.Storage;
using Marketing.ValidationRules;

namespace Marketing.Rewards;

/// <summary>Rules are assigned to assignments that there are.</summary>
internal sealed class RewardAssignmentTarget(ITableStore<RewardAssignmentRow> assignments) : IRuleTarget
{
    public const string Kind = "reward_assignment";

    public string Type => Kind;

    public async Task<string?> FindIdAsync(int project, string reference) => (await assignments.FindAsync(project, reference))?.Id;
}
