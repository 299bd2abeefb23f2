using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Categories;
using Marketing.Clients;
using Marketing.MetadataSchemas;
using Marketing.Projects;
using Marketing.Storage;
using Marketing.ValidationRules;
using Marketing.Vouchers.Credits;
using Marketing.Vouchers.Generation;

namespace Marketing.Vouchers;

[GrainType("voucher"), CollectionAgeLimit(Minutes = 2)]
internal sealed class VoucherGrain(
    ITableStore<VoucherRow> store, ITableStore<HolderRow> holders, VoucherReads reads, VoucherCredits credits, ILoyaltyCards cards, IOperationStore operations, ICommitter committer, Catalogues catalogues,
    CategoryCheck categories, MetadataCheck metadata, RulesAtBirth rules, INumbers numbers, TimeProvider clock)
    : Grain, IVoucherGrain
{
    // How often a code that somebody has just taken is made anew.
    private const int MostTries = 100;

    private int _project;
    private string _id = "";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_project, _id) = GrainAddresses.Split(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public async Task<VoucherResult> CreateAsync(VoucherCommand command, CommandContext context)
    {
        for (var tries = 0; ; tries++)
        {
            var done = await operations.FindAsync(_project, context);
            if (done is { IsOther: true })
            {
                return new VoucherResult.KeyReused();
            }

            var catalogue = await catalogues.GetAsync(_project);
            if (await store.FindAsync(_project, _id) is { } present)
            {
                // Whoever asked first may have died before the silos heard of its rules.
                return command.ValidationRules.Count == 0 ? await ShowAsync(catalogue, present) : await ShowAnewAsync(present);
            }

            if (done is not null)
            {
                return new VoucherResult.Deleted(_id);
            }

            var campaign = command.Campaign is { } name ? catalogue.Section<CampaignSection>().Find(name) : null;
            if (command.Campaign is not null && campaign is null)
            {
                return new VoucherResult.NotFound("campaign", command.Campaign);
            }

            if (campaign?.Row.CampaignType == CampaignTypes.Promotion)
            {
                return new VoucherResult.Invalid("campaign", "A PROMOTION campaign has no codes");
            }

            var settings = catalogue.Section<ProjectSection>();
            var (fields, unknown) = await categories.SettleAsync(_project, command.Fields);
            if (unknown is not null)
            {
                return new VoucherResult.Invalid(unknown.Field, unknown.Message);
            }

            var (made, refusal) = VoucherRules.Create(_id, command with { Fields = fields }, campaign, settings.Calendar, clock.GetStoredNow());
            if (made is null)
            {
                return refusal!;
            }

            var verdict = await metadata.OfAsync(_project, "voucher", command.Metadata, VoucherRules.MetadataOf(made), isNew: true);
            if (verdict.IsRefused)
            {
                return new VoucherResult.InvalidMetadata(verdict.Problems);
            }

            var pattern = command.CodeConfig is { } config ? CodePattern.Of(config.ToElement()) : campaign?.Pattern ?? CodePattern.Of(default(System.Text.Json.JsonElement));
            if (command.Code is null && pattern.Problem is { } problem)
            {
                return new VoucherResult.Invalid("code_config", problem);
            }

            var (assigned, missing, tooMany) = await rules.AssignAsync(_project, command.ValidationRules, Target);
            if (missing is not null || tooMany is not null)
            {
                return missing is null ? new VoucherResult.Invalid("validation_rules", tooMany!) : new VoucherResult.NotFound("validation_rules", missing);
            }

            var code = command.Code ?? pattern.Next();
            var number = await numbers.NextAsync(VoucherTable.Vouchers.Numbers);
            made = made with { Number = number, Code = code, CodeKey = CodeKeys.Of(code, settings.CaseSensitiveCodes) };
            var commit = new Commit { Project = _project, CatalogueVersion = verdict.CatalogueVersion, Operation = context.Remember(null, clock.GetUtcNow()), Import = context.Row };
            commit.Rows.Add(VoucherTable.Vouchers.Save(made));
            commit.Rows.AddRange(assigned);
            await AddToCampaignAsync(commit, made);
            switch ((await committer.CommitAsync(commit)).RefusedBy)
            {
                case null when assigned.Count > 0:
                    return await ShowAnewAsync(made);
                case null:
                    return await ShowAsync(catalogue, made);
                case Guard.Unique when command.Code is null && tries < MostTries:
                    break;
                case Guard.Unique when command.Code is null:
                    return new VoucherResult.Invalid("code_config", "has hardly any code left that nobody has");
                case Guard.Unique:
                    return new VoucherResult.Duplicate(code);
                default:
                    break;
            }
        }
    }

    public async Task<VoucherResult> ChangeAsync(VoucherCommand command, CommandContext context)
    {
        while (await store.FindAsync(_project, _id) is { } present)
        {
            var catalogue = await catalogues.GetAsync(_project);
            var (fields, unknown) = await categories.SettleAsync(_project, command.Fields);
            if (unknown is not null)
            {
                return new VoucherResult.Invalid(unknown.Field, unknown.Message);
            }

            var (row, refusal) = VoucherRules.Change(present, command with { Fields = fields }, catalogue.Section<ProjectSection>().Calendar, clock.GetStoredNow());
            if (row is null)
            {
                return refusal!;
            }

            var verdict = await metadata.OfAsync(_project, "voucher", command.Metadata, VoucherRules.MetadataOf(row), isNew: false, commits: row != present);
            if (verdict.IsRefused)
            {
                return new VoucherResult.InvalidMetadata(verdict.Problems);
            }

            if (await SaveAsync(present, row, context.Row, verdict.CatalogueVersion))
            {
                return await ShowAsync(catalogue, row);
            }
        }

        return new VoucherResult.NotFound("voucher", _id);
    }

    public async Task<VoucherResult> SetActiveAsync(bool active)
    {
        while (await store.FindAsync(_project, _id) is { } present)
        {
            var row = present.IsActive == active ? present : present with { IsActive = active, UpdatedAt = clock.GetStoredNow() };
            if (await SaveAsync(present, row, null))
            {
                return await ShowAsync(await catalogues.GetAsync(_project), row);
            }
        }

        return new VoucherResult.NotFound("voucher", _id);
    }

    public async Task<bool> DeleteAsync()
    {
        while (await store.FindAsync(_project, _id) is { } present)
        {
            await (present.Type == VoucherTypes.Loyalty ? cards.RemoveAsync(_project, [present.Number]) : Task.CompletedTask);
            var commit = new Commit { Project = _project };
            commit.Rows.Add(VoucherTable.Vouchers.Delete(present));
            commit.Rows.AddRange((await holders.FindManyAsync(_project, [present.Number])).Select(HolderTable.Holders.Delete));
            if (present.Campaign is { } campaign)
            {
                commit.Tallies.Add(new Tally(CampaignFigures.Key(campaign, CampaignFigures.Deleted), 1));
            }

            var released = await rules.ReleaseAsync(_project, VoucherRuleTarget.Kind, [_id]);
            commit.Rows.AddRange(released);
            if ((await committer.CommitAsync(commit)).IsDurable)
            {
                await (released.Count > 0 ? catalogues.ChangedAsync(_project) : Task.CompletedTask);

                // One that was being made meanwhile.
                await GrainFactory.ValidationRules(_project).ReleaseAsync(Target);
                return true;
            }
        }

        return RepeatedCalls.IsCurrent;
    }

    public async Task<VoucherResult> ChangeBalanceAsync(CreditsChange change, CommandContext context) =>
        await store.FindAsync(_project, _id) is { } present
            ? await credits.ChangeAsync(await catalogues.GetAsync(_project), present, change, context)
            : new VoucherResult.NotFound("voucher", _id);

    private RuleTarget Target => new(VoucherRuleTarget.Kind, _id);

    // One that was passed over while it was disabled can be given out again.
    private async Task<bool> SaveAsync(VoucherRow present, VoucherRow row, ImportRow? part, long catalogueVersion = 0)
    {
        if (row == present)
        {
            return true;
        }

        var commit = new Commit { Project = _project, CatalogueVersion = catalogueVersion, Import = part };
        commit.Rows.Add(VoucherTable.Vouchers.Save(row));
        if (row.IsActive && !present.IsActive && row.Campaign is { } campaign && (await holders.FindManyAsync(_project, [row.Number])).Count == 0)
        {
            commit.Rows.Add(await RangeAsync(campaign, row.Number));
        }

        return (await committer.CommitAsync(commit)).IsDurable;
    }

    private async Task AddToCampaignAsync(Commit commit, VoucherRow made)
    {
        if (made.Campaign is { } campaign)
        {
            commit.Rows.Add(await RangeAsync(campaign, made.Number));
            commit.Tallies.Add(new Tally(CampaignFigures.Key(campaign, CampaignFigures.Created), 1));
        }
    }

    private async Task<RowWrite> RangeAsync(long campaign, long voucher) => CodeRangeTable.Ranges.Save(
        CodeRangeRow.New(await numbers.NextAsync(CodeRangeTable.Ranges.Numbers), campaign, voucher, voucher, null, clock.GetStoredNow()));

    private async Task<VoucherResult> ShowAnewAsync(VoucherRow row)
    {
        await catalogues.ChangedAsync(_project);
        return await ShowAsync(await catalogues.GetAsync(_project), row);
    }

    private async Task<VoucherResult> ShowAsync(CatalogueSnapshot catalogue, VoucherRow row) => new VoucherResult.Saved(VoucherShape.Write(await reads.ViewAsync(catalogue, row)));
}
