using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Clients;
using Marketing.MetadataSchemas;
using Marketing.Storage;

namespace Marketing.Loyalties;

[GrainType("loyalty-program"), CollectionAgeLimit(Minutes = 2)]
internal sealed class LoyaltyProgramGrain(
    ITableStore<TierRow> tiers, ITableStore<EarningRuleRow> rules, IOperationStore operations, ICommitter committer, MetadataCheck metadata, Catalogues catalogues, INumbers numbers, TimeProvider clock)
    : Grain, ILoyaltyProgramGrain
{
    private int _project;
    private string _id = "";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_project, _id) = GrainAddresses.Split(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public async Task<LoyaltyResult> CreateRulesAsync(IReadOnlyList<EarningRuleCommand> commands, CommandContext context)
    {
        while (true)
        {
            var (catalogue, program, isDone, known) = await BeginAsync(context);
            if (known is not null || program is null)
            {
                return known ?? new LoyaltyResult.NotFound("campaign", _id);
            }

            var present = await rules.FindManyAsync(_project, [.. commands.Select(static command => command.Id)]);
            if (present.Count == commands.Count)
            {
                return await ShowAllAsync(commands.Select(static command => command.Id));
            }

            if (isDone)
            {
                return new LoyaltyResult.Deleted("earning_rule", present.DeletedOf(commands.Select(static command => command.Id)));
            }

            if (catalogue.Section<LoyaltySection>().Rules.Count + commands.Count > LoyaltyLimits.RulesOfProject)
            {
                return Invalid("", $"A project has at most {LoyaltyLimits.RulesOfProject} earning rules");
            }

            var rows = new List<EarningRuleRow>(commands.Count);
            for (var at = 0; at < commands.Count; at++)
            {
                var command = commands[at];
                var empty = new EarningRuleRow(await numbers.NextAsync(EarningRuleTable.Rules.Numbers), command.Id, 0, program.Campaign.Number, command.Event!, true, RawJson.EmptyObject, RawJson.EmptyObject, clock.GetStoredNow(), null);
                var (row, problem) = ProgramRules.Apply(empty, command, catalogue);
                if (row is null)
                {
                    return Invalid($"[{at}].{problem!.Field}", problem.Message);
                }

                rows.Add(row);
            }

            var verdict = await MetadataAsync("earning_rule", commands.Select(static command => command.Metadata), rows.Select(static row => row.Metadata), isNew: true);
            if (verdict.IsRefused)
            {
                return new LoyaltyResult.InvalidMetadata(verdict.Problems);
            }

            if (await CommitAsync(rows.Select(EarningRuleTable.Rules.Save), verdict.CatalogueVersion, context))
            {
                return await ShowAllAsync(commands.Select(static command => command.Id));
            }
        }
    }

    public async Task<LoyaltyResult> ChangeRuleAsync(EarningRuleCommand command)
    {
        while (await rules.FindAsync(_project, command.Id) is { } present)
        {
            var catalogue = await catalogues.FreshAsync(_project);
            if (LoyaltyProgram.Of(catalogue, present.Campaign)?.Campaign.Id != _id)
            {
                break;
            }

            var (row, problem) = ProgramRules.Apply(present, command, catalogue);
            if (row is null)
            {
                return Invalid(problem!.Field, problem.Message);
            }

            var verdict = await MetadataAsync("earning_rule", [command.Metadata], [row.Metadata], isNew: false, commits: row != present);
            if (verdict.IsRefused)
            {
                return new LoyaltyResult.InvalidMetadata(verdict.Problems);
            }

            if (row == present || await CommitAsync([EarningRuleTable.Rules.Save(row with { UpdatedAt = clock.GetStoredNow() })], verdict.CatalogueVersion))
            {
                return await ShowAsync(command.Id);
            }
        }

        return new LoyaltyResult.NotFound("earning_rule", command.Id);
    }

    public async Task<bool> DeleteRuleAsync(string ruleId)
    {
        while (await rules.FindAsync(_project, ruleId) is { } present && LoyaltyProgram.Of(await catalogues.FreshAsync(_project), present.Campaign)?.Campaign.Id == _id)
        {
            if (await CommitAsync([EarningRuleTable.Rules.Delete(present)], 0))
            {
                await catalogues.ChangedAsync(_project);
                return true;
            }
        }

        return RepeatedCalls.IsCurrent;
    }

    public async Task<LoyaltyResult> CreateTiersAsync(IReadOnlyList<LoyaltyTierCommand> commands, CommandContext context)
    {
        while (true)
        {
            var (_, program, isDone, known) = await BeginAsync(context);
            if (known is not null || program is null)
            {
                return known ?? new LoyaltyResult.NotFound("campaign", _id);
            }

            var present = await tiers.FindManyAsync(_project, [.. commands.Select(static command => command.Id)]);
            if (present.Count == commands.Count)
            {
                return await ShowAllAsync(commands.Select(static command => command.Id));
            }

            if (isDone)
            {
                return new LoyaltyResult.Deleted("loyalty_tier", present.DeletedOf(commands.Select(static command => command.Id)));
            }

            if (program.Tiers.Count + commands.Count > LoyaltyLimits.TiersOfProgram)
            {
                return Invalid("", $"A programme has at most {LoyaltyLimits.TiersOfProgram} tiers");
            }

            var rows = new List<TierRow>(commands.Count);
            for (var at = 0; at < commands.Count; at++)
            {
                var empty = new TierRow(await numbers.NextAsync(TierTable.Tiers.Numbers), commands[at].Id, 0, program.Campaign.Number, "", 0, RawJson.EmptyObject, RawJson.EmptyObject, clock.GetStoredNow(), null);
                var (row, problem) = ProgramRules.Apply(empty, commands[at], [.. program.Tiers.Select(static tier => tier.Row), .. rows]);
                if (row is null)
                {
                    return Invalid($"[{at}].{problem!.Field}", problem.Message);
                }

                rows.Add(row);
            }

            var verdict = await MetadataAsync("loyalty_tier", commands.Select(static command => command.Metadata), rows.Select(static row => row.Metadata), isNew: true);
            if (verdict.IsRefused)
            {
                return new LoyaltyResult.InvalidMetadata(verdict.Problems);
            }

            if (await CommitAsync(rows.Select(TierTable.Tiers.Save), verdict.CatalogueVersion, context))
            {
                return await ShowAllAsync(commands.Select(static command => command.Id));
            }
        }
    }

    public async Task<LoyaltyResult> ChangeTierAsync(LoyaltyTierCommand command)
    {
        while (await tiers.FindAsync(_project, command.Id) is { } present)
        {
            if (LoyaltyProgram.Of(await catalogues.FreshAsync(_project), present.Campaign) is not { } program || program.Campaign.Id != _id)
            {
                break;
            }

            var (row, problem) = ProgramRules.Apply(present, command, [.. program.Tiers.Select(static tier => tier.Row).Where(tier => tier.Id != present.Id)]);
            if (row is null)
            {
                return Invalid(problem!.Field, problem.Message);
            }

            var verdict = await MetadataAsync("loyalty_tier", [command.Metadata], [row.Metadata], isNew: false, commits: row != present);
            if (verdict.IsRefused)
            {
                return new LoyaltyResult.InvalidMetadata(verdict.Problems);
            }

            if (row == present || await CommitAsync([TierTable.Tiers.Save(row with { UpdatedAt = clock.GetStoredNow() })], verdict.CatalogueVersion))
            {
                return await ShowAsync(command.Id);
            }
        }

        return new LoyaltyResult.NotFound("loyalty_tier", command.Id);
    }

    public async Task<bool> DeleteTierAsync(string tierId)
    {
        while (await tiers.FindAsync(_project, tierId) is { } present && LoyaltyProgram.Of(await catalogues.FreshAsync(_project), present.Campaign)?.Campaign.Id == _id)
        {
            if (await CommitAsync([TierTable.Tiers.Delete(present)], 0))
            {
                await catalogues.ChangedAsync(_project);
                return true;
            }
        }

        return RepeatedCalls.IsCurrent;
    }

    private async Task<(CatalogueSnapshot Catalogue, LoyaltyProgram? Program, bool IsDone, LoyaltyResult? Known)> BeginAsync(CommandContext context)
    {
        var catalogue = await catalogues.FreshAsync(_project);
        var program = catalogue.Section<CampaignSection>().Find(_id) is { } campaign ? LoyaltyProgram.Of(catalogue, campaign) : null;
        var done = await operations.FindAsync(_project, context);
        return (catalogue, program, done is not null, done is { IsOther: true } ? new LoyaltyResult.KeyReused() : null);
    }

    private ValueTask<MetadataVerdict> MetadataAsync(string resource, IEnumerable<RawJson?> given, IEnumerable<RawJson> results, bool isNew, bool commits = true)
    {
        var pairs = given.Zip(results).ToList();
        return metadata.OfAsync(_project, catalogue => [.. pairs.SelectMany(pair => catalogue.MetadataSchemas.ProblemsOf(resource, pair.First, pair.Second, isNew))], commits);
    }

    // As every silo has them by now.
    private async Task<LoyaltyResult> ShowAllAsync(IEnumerable<string> ids)
    {
        await catalogues.ChangedAsync(_project);
        var section = (await catalogues.GetAsync(_project)).Section<LoyaltySection>();
        return new LoyaltyResult.AllSaved([.. ids.Select(id => LoyaltyTierJson.Show(section, id, _id)).OfType<RawJson>()]);
    }

    private async Task<LoyaltyResult> ShowAsync(string id) => await ShowAllAsync([id]) is LoyaltyResult.AllSaved { Documents: [var shown] }
        ? new LoyaltyResult.Saved(shown)
        : new LoyaltyResult.NotFound(id.StartsWith("ltr_", StringComparison.Ordinal) ? "loyalty_tier" : "earning_rule", id);

    private async Task<bool> CommitAsync(IEnumerable<RowWrite> writes, long catalogueVersion, CommandContext? context = null)
    {
        var commit = new Commit { Project = _project, CatalogueVersion = catalogueVersion, Operation = context?.Remember(null, clock.GetUtcNow()) };
        commit.Rows.AddRange(writes);
        return (await committer.CommitAsync(commit)).IsDurable;
    }

    private static LoyaltyResult.Invalid Invalid(string field, string message) => new([new FieldProblem(field.Trim('.'), message)]);
}
