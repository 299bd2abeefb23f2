using System.Text.Json;
using Marketing.AsyncActions;
using Marketing.Catalogue;
using Marketing.Categories;
using Marketing.Clients;
using Marketing.Projects;
using Marketing.Storage;
using Marketing.ValidationRules;

namespace Marketing.Campaigns;

[GrainType("campaign"), CollectionAgeLimit(Minutes = 2)]
internal sealed class CampaignGrain(
    ITableStore<CampaignRow> store, CampaignContents contents, ITallyStore tallies, IOperationStore operations, ICommitter committer, Catalogues catalogues, CategoryCheck categories,
    CampaignMetadata metadata, RulesAtBirth rules, INumbers numbers, TimeProvider clock)
    : Grain, ICampaignGrain
{
    private int _project;
    private string _id = "";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_project, _id) = GrainAddresses.Split(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public async Task<CampaignResult> CreateAsync(CampaignCommand command, CommandContext context)
    {
        while (true)
        {
            var done = await operations.FindAsync(_project, context);
            if (done is { IsOther: true })
            {
                return new CampaignResult.KeyReused();
            }

            if (await store.FindAsync(_project, _id) is { } present)
            {
                return present.Name is null ? new CampaignResult.Deleted(_id) : new CampaignResult.Saved(await ShowAsync(present));
            }

            if (done is not null)
            {
                return new CampaignResult.Deleted(_id);
            }

            var catalogue = await catalogues.GetAsync(_project);
            var settings = catalogue.Section<ProjectSection>();
            var (row, refusal) = await ApplyAsync(null, command, catalogue);
            refusal ??= row is null || command.VouchersCount == 0
                ? null
                : CampaignRules.RoomProblem(PatternOf(row), command.VouchersCount, 0, settings.CaseSensitiveCodes);
            if (refusal is not null)
            {
                return refusal;
            }

            if (catalogue.Section<CampaignSection>().Find(command.Name!) is not null)
            {
                return new CampaignResult.Duplicate(command.Name!);
            }

            if (catalogue.Section<CampaignSection>().All.Count >= CampaignLimits.OfProject)
            {
                return new CampaignResult.Invalid("", $"A project has at most {CampaignLimits.OfProject} campaigns");
            }

            var verdict = await metadata.OfAsync(_project, null, row!, command);
            if (verdict.IsRefused)
            {
                return new CampaignResult.InvalidMetadata(verdict.Problems);
            }

            row = row! with { Number = await numbers.NextAsync(CampaignTable.Campaigns.Numbers) };
            var content = await contents.NewAsync(_project, row, command.Content);
            if (content.Refusal is { } refused)
            {
                return refused;
            }

            var (assigned, missing, problem) = await rules.AssignAsync(_project, command.ValidationRules, Target);
            if (missing is not null || problem is not null)
            {
                return missing is null ? new CampaignResult.Invalid("validation_rules", $"Property 'validation_rules' {problem}") : new CampaignResult.NotFound("validation_rules", missing);
            }

            // The job first: without a campaign it ends, but nobody would find a campaign that waits for a job.
            await GenerateAsync(new CodesCommand(command.VouchersCount, RawJson.EmptyObject, null), JobOf("create"), context);
            long[] versions = [verdict.CatalogueVersion, content.CatalogueVersion];
            var commit = new Commit
            {
                Project = _project,
                CatalogueVersion = versions.Where(static version => version > 0).DefaultIfEmpty().Min(),
                Operation = context.Remember(null, clock.GetUtcNow()),
            };
            commit.Rows.Add(CampaignTable.Campaigns.Save(row));

            // A rule of the campaign and of what it consists of is written once.
            commit.Rows.AddRange(content.Writes.Concat(assigned).DistinctBy(static write => (write.Table.Name, write.Row.Id)));
            switch ((await committer.CommitAsync(commit)).RefusedBy)
            {
                case null:
                    await catalogues.ChangedAsync(_project);
                    if (command.VouchersCount > 0)
                    {
                        await GrainFactory.AsyncAction(_project, JobOf("create")).ResumeAsync();
                    }

                    return new CampaignResult.Saved(await contents.ShowAsync(
                        _project, row, CampaignShape.Write(await catalogues.GetAsync(_project), row, 0, 0, Warning(row, command.VouchersCount, settings.CaseSensitiveCodes))));
                case Guard.Unique taken:
                    return new CampaignResult.Duplicate(taken.Value);
                default:
                    break;
            }
        }
    }

    public async Task<CampaignResult> ChangeAsync(CampaignCommand command)
    {
        while (await FindAsync() is { } present)
        {
            var (row, refusal) = await ApplyAsync(present, command, await catalogues.GetAsync(_project));
            if (row is null)
            {
                return refusal!;
            }

            var verdict = await metadata.OfAsync(_project, present, row, command);
            if (verdict.IsRefused)
            {
                return new CampaignResult.InvalidMetadata(verdict.Problems);
            }

            if (row == present)
            {
                return new CampaignResult.Saved(await ShowAsync(present));
            }

            List<RowWrite> writes = [CampaignTable.Campaigns.Save(row)];
            if (row.Revision != present.Revision)
            {
                writes.Add(CampaignTable.Earlier.Save(new CampaignTermsRow(
                    await numbers.NextAsync(CampaignTable.Earlier.Numbers), $"{_id}/{present.Revision}", 0, present.Number, present.Revision, present.Terms, clock.GetStoredNow())));
            }

            if (await CommitAsync(writes, verdict.CatalogueVersion))
            {
                await catalogues.ChangedAsync(_project);
                return new CampaignResult.Saved(await ShowAsync(row));
            }
        }

        return new CampaignResult.NotFound("campaign", _id);
    }

    public async Task<bool> SetActiveAsync(bool active)
    {
        while (await FindAsync() is { } present)
        {
            if (present.IsActive == active || await CommitAsync([CampaignTable.Campaigns.Save(present with { IsActive = active, UpdatedAt = clock.GetStoredNow() })]))
            {
                await catalogues.ChangedAsync(_project);
                return true;
            }
        }

        return false;
    }

    public async Task<CampaignResult> AddCodesAsync(CodesCommand command, CommandContext context)
    {
        while (await FindAsync() is { } present)
        {
            if (present.CampaignType == CampaignTypes.Promotion)
            {
                return new CampaignResult.Invalid("", "A PROMOTION campaign has no codes");
            }

            var job = JobOf(context.IdempotencyKey ?? context.RequestId);
            var isNew = await GrainFactory.AsyncAction(_project, job).FindAsync() is null;
            var (fields, unknown) = isNew ? await categories.SettleAsync(_project, command.Fields) : (command.Fields, null);
            if (unknown is not null)
            {
                return Unknown(unknown);
            }

            if (isNew && await metadata.ProblemsOfCodesAsync(_project, fields) is { Count: > 0 } problems)
            {
                return new CampaignResult.InvalidMetadata(problems);
            }

            var settings = (await catalogues.GetAsync(_project)).Section<ProjectSection>();
            var pattern = command.CodeConfig is { } config ? CodePattern.Of(config.ToElement()) : PatternOf(present);
            if (pattern.Problem is { } problem)
            {
                return new CampaignResult.Invalid("code_config", problem);
            }

            if (CampaignRules.RoomProblem(pattern, command.Count, present.Wanted, settings.CaseSensitiveCodes) is { } refusal)
            {
                return refusal;
            }

            if (isNew && !await GenerateAsync(command with { Fields = fields }, job, context))
            {
                return new CampaignResult.KeyReused();
            }

            // Only what a job that is not counted yet is to make.
            if (!isNew || await CommitAsync([CampaignTable.Campaigns.Save(present with { Wanted = present.Wanted + command.Count, IsShort = false })]))
            {
                await catalogues.ChangedAsync(_project);
                await GrainFactory.AsyncAction(_project, job).ResumeAsync();
                return new CampaignResult.Started(job);
            }
        }

        return new CampaignResult.NotFound("campaign", _id);
    }

    public async Task<string?> DeleteAsync(CommandContext context)
    {
        var job = JobOf("delete");
        while (await store.FindAsync(_project, _id) is { } present)
        {
            if (present.Name is null)
            {
                return RepeatedCalls.IsCurrent ? job : null;
            }

            await GrainFactory.AsyncAction(_project, job).StoreAsync(CampaignJobs.Delete, JsonSerializer.SerializeToUtf8Bytes(new CodesJob(_id, 0, null, null)), Anonymous(context));
            var gone = CampaignTable.Campaigns.Save(present.Gone(clock.GetStoredNow()));
            var released = await rules.ReleaseAsync(_project, CampaignRuleTarget.Kind, [_id]);
            if (await CommitAsync([gone, .. released, .. await contents.RemovalAsync(_project, present)]))
            {
                await catalogues.ChangedAsync(_project);

                // One that was being made meanwhile.
                await GrainFactory.ValidationRules(_project).ReleaseAsync(Target);
                await GrainFactory.AsyncAction(_project, job).ResumeAsync();
                return job;
            }
        }

        return null;
    }

    private RuleTarget Target => new(CampaignRuleTarget.Kind, _id);

    private async Task<CampaignRow?> FindAsync() => await store.FindAsync(_project, _id) is { Name: not null } row ? row : null;

    private async Task<bool> GenerateAsync(CodesCommand command, string job, CommandContext context) =>
        command.Count == 0 || await GrainFactory.AsyncAction(_project, job).StoreAsync(
            CampaignJobs.Generate, JsonSerializer.SerializeToUtf8Bytes(new CodesJob(_id, command.Count, command.Fields, command.CodeConfig)), Anonymous(context));

    // The id of the job says which request it is of.
    private static CommandContext Anonymous(CommandContext context) => context with { IdempotencyKey = null, Fingerprint = null };

    private string JobOf(string request) => ObjectIds.FromSource("aa_", _project, $"{_id}\n{request}");

    private static CodePattern PatternOf(CampaignRow row) => new CampaignEntry(row, []).Pattern;

    private static string? Warning(CampaignRow row, long count, bool caseSensitive)
    {
        const double Dense = 1e-6;
        var density = count == 0 ? 0 : count / PatternOf(row).Room(caseSensitive);
        return density <= Dense ? null : $"One of {1 / density:0} guesses is a code of this campaign. A longer pattern or a larger charset is safer";
    }

    private async Task<RawJson> ShowAsync(CampaignRow row)
    {
        var (count, generated) = await CampaignQueriesGrain.CountAsync(tallies, _project, row);
        return await contents.ShowAsync(_project, row, CampaignShape.Write(await catalogues.GetAsync(_project), row, count, generated));
    }

    private async Task<(CampaignRow? Row, CampaignResult? Refusal)> ApplyAsync(CampaignRow? present, CampaignCommand command, CatalogueSnapshot catalogue)
    {
        var (fields, unknown) = await categories.SettleAsync(_project, command.Fields);
        if (unknown is not null)
        {
            return (null, Unknown(unknown));
        }

        var (row, refusal) = CampaignRules.Apply(present, _id, command with { Fields = fields }, catalogue.Section<ProjectSection>().Calendar, clock.GetStoredNow());
        return row is not null && contents.ProblemOf(row, catalogue) is { } problem ? (null, problem) : (row, refusal);
    }

    private static CampaignResult.Invalid Unknown(FieldProblem category) => new(category.Field, $"Property '{category.Field}' {category.Message}");

    private async Task<bool> CommitAsync(IEnumerable<RowWrite> writes, long catalogueVersion = 0)
    {
        var commit = new Commit { Project = _project, CatalogueVersion = catalogueVersion };
        commit.Rows.AddRange(writes);
        return (await committer.CommitAsync(commit)).IsDurable;
    }
}
