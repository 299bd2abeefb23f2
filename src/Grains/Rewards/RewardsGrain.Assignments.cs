using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Clients;
using Marketing.Storage;
using Marketing.ValidationRules;

namespace Marketing.Rewards;

/// <summary>Where rewards are to be had.</summary>
internal sealed partial class RewardsGrain
{
    private const string Assignment = "reward_assignment";

    public async Task<RewardResult> AssignAsync(IReadOnlyList<RewardAssignmentCommand> commands, CommandContext context)
    {
        while (true)
        {
            var done = await operations.FindAsync(Project, context);
            if (done is { IsOther: true })
            {
                return new RewardResult.KeyReused();
            }

            var present = await assignments.FindManyAsync(Project, [.. commands.Select(static command => command.Id)]);
            if (present.Count == commands.Count)
            {
                return await ShowAllAsync(commands.Select(static command => command.Id));
            }

            if (done is not null)
            {
                return new RewardResult.Deleted(Assignment, present.DeletedOf(commands.Select(static command => command.Id)));
            }

            var catalogue = await catalogues.FreshAsync(Project);
            if (catalogue.Section<RewardSection>().All.Count + commands.Count > RewardLimits.AssignmentsOfProject)
            {
                return Invalid("", $"would be too many: a project has at most {RewardLimits.AssignmentsOfProject} assignments of rewards");
            }

            var (writes, refusal) = await NewAsync(catalogue, commands);
            if (refusal is not null)
            {
                return refusal;
            }

            if (await CommitAsync(writes, context: context))
            {
                return await ShowAllAsync(commands.Select(static command => command.Id));
            }
        }
    }

    public async Task<RewardResult> ChangeAssignmentAsync(RewardAssignmentChange change)
    {
        var asked = change.Assignment;
        while (await FindAsync(asked) is { } found && await assignments.FindAsync(Project, asked.Id) is { } present)
        {
            if (found.Reward.IsCoin && (change.Points is not null || change.AutoRedeem is true))
            {
                return Invalid("parameters.loyalty", $"does not go with a reward of type {RewardTypes.Coin}: what its points are worth is said by itself");
            }

            if (change.AutoRedeem is true && await OtherByItselfAsync(present.Campaign, present.Id) is { } other)
            {
                return OnlyOne("parameters.loyalty.auto_redeem", other);
            }

            var row = present with { Points = change.Points ?? present.Points, AutoRedeem = change.AutoRedeem ?? present.AutoRedeem };
            if (row == present || await CommitAsync([RewardAssignmentTable.Assignments.Save(row with { UpdatedAt = clock.GetStoredNow() })]))
            {
                return await ShowAllAsync([asked.Id]) is RewardResult.AllSaved { Documents: [var shown] } ? new RewardResult.Saved(shown) : new RewardResult.NotFound(Assignment, asked.Id);
            }
        }

        return new RewardResult.NotFound(Assignment, asked.Id);
    }

    public async Task<bool> UnassignAsync(RewardAssignmentReference assignment)
    {
        while (await FindAsync(assignment) is not null && await assignments.FindAsync(Project, assignment.Id) is { } present)
        {
            if (await CommitAsync([RewardAssignmentTable.Assignments.Delete(present), .. await rules.ReleaseAsync(Project, Assignment, [present.Id])]))
            {
                await catalogues.ChangedAsync(Project);

                // Whoever has assigned a rule meanwhile found it still there.
                await GrainFactory.ValidationRules(Project).ReleaseAsync(new RuleTarget(Assignment, present.Id));
                return true;
            }
        }

        return RepeatedCalls.IsCurrent;
    }

    private async Task<(IReadOnlyList<RowWrite> Writes, RewardResult? Refusal)> NewAsync(CatalogueSnapshot catalogue, IReadOnlyList<RewardAssignmentCommand> commands)
    {
        var writes = new List<RowWrite>();
        var known = (await rewards.FindManyAsync(Project, [.. commands.Select(static command => command.Reward).Distinct(StringComparer.Ordinal)])).ToDictionary(static row => row.Id, StringComparer.Ordinal);
        var (pairs, byThemselves) = (new Dictionary<string, string>(StringComparer.Ordinal), new HashSet<long>());
        for (var at = 0; at < commands.Count; at++)
        {
            var command = commands[at];
            var path = commands.Count == 1 ? "" : $"[{at}].";
            if (!known.TryGetValue(command.Reward, out var reward))
            {
                return ([], new RewardResult.NotFound(Reward, command.Reward));
            }

            if (catalogue.Section<CampaignSection>().Find(command.Campaign) is not { Row.CampaignType: CampaignTypes.Loyalty } campaign)
            {
                return ([], new RewardResult.NotFound("campaign", command.Campaign));
            }

            if (Problem(reward, command, path) is { } problem)
            {
                return ([], problem);
            }

            var pair = RewardAssignmentTable.PairOf(reward.Number, campaign.Number);
            if (!pairs.TryAdd(pair, command.Id) || await assignments.FindAsync(Project, RewardAssignmentTable.Pair, pair) is not null)
            {
                return ([], new RewardResult.Duplicate((await assignments.FindAsync(Project, RewardAssignmentTable.Pair, pair))?.Id ?? pairs[pair]));
            }

            if (command.AutoRedeem && (!byThemselves.Add(campaign.Number) || await OtherByItselfAsync(campaign.Number, command.Id) is not null))
            {
                return ([], OnlyOne($"{path}parameters.loyalty.auto_redeem", await OtherByItselfAsync(campaign.Number, command.Id) ?? command.Id));
            }

            var (assigned, missing, wrong) = await rules.AssignAsync(Project, command.Rules, new RuleTarget(Assignment, command.Id));
            if (missing is not null || wrong is not null)
            {
                return ([], missing is not null ? new RewardResult.NotFound("validation_rule", missing) : Invalid($"{path}validation_rules", wrong!));
            }

            writes.Add(RewardAssignmentTable.Assignments.Save(new RewardAssignmentRow(
                await numbers.NextAsync(RewardAssignmentTable.Assignments.Numbers), command.Id, 0, reward.Number, campaign.Number, command.Points, command.AutoRedeem, clock.GetStoredNow(), null)));
            writes.AddRange(assigned.Where(write => !writes.Exists(one => one.Table == write.Table && one.Row.Number == write.Row.Number)));
        }

        // With the rewards as they were read: one that is being deleted is assigned to nothing any more.
        writes.AddRange(known.Values.Select(RewardTable.Rewards.Save));
        return (writes, null);
    }

    private static RewardResult? Problem(RewardRow reward, RewardAssignmentCommand command, string path) => reward.Type != RewardTypes.Coin
        ? command.Points is null ? new RewardResult.Missing($"{path}parameters.loyalty") : null
        : command.Points is not null || command.AutoRedeem ? Invalid($"{path}parameters.loyalty", $"does not go with a reward of type {RewardTypes.Coin}: what its points are worth is said by itself")
        : command.Rules.Count > 1 ? Invalid($"{path}validation_rules", "must NOT have more than 1 items")
        : null;

    private async Task<RewardAssignmentEntry?> FindAsync(RewardAssignmentReference asked)
    {
        var catalogue = await catalogues.FreshAsync(Project);
        return catalogue.Section<RewardSection>().Find(asked, catalogue.Section<CampaignSection>());
    }

    private async Task<string?> OtherByItselfAsync(long campaign, string except) =>
        (await assignments.FindManyAsync(Project, RewardAssignmentTable.Campaign, [campaign], RewardLimits.AssignmentsOfProject)).FirstOrDefault(row => row.AutoRedeem && row.Id != except)?.Id;

    private static RewardResult.Invalid OnlyOne(string field, string other) => Invalid(field, $"is true of one reward of a programme only, and there is {other} already");

    private async Task<RewardResult> ShowAllAsync(IEnumerable<string> ids)
    {
        await catalogues.ChangedAsync(Project);
        var catalogue = await catalogues.GetAsync(Project);
        return new RewardResult.AllSaved([.. ids.Select(catalogue.Section<RewardSection>().FindAssignment).OfType<RewardAssignmentEntry>().Select(one => RewardJson.Assignment(catalogue, one))]);
    }
}
