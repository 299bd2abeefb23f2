using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Clients;
using Marketing.Filters;
using Marketing.Json;
using Marketing.Projects;
using Marketing.Promotions;
using Marketing.Shapes;
using Marketing.Storage;
using Marketing.ValidationRules;

namespace Marketing.CampaignTemplates;

[GrainType("campaign-templates"), CollectionAgeLimit(Minutes = 2)]
internal sealed class CampaignTemplatesGrain(
    ITableStore<CampaignTemplateRow> store, IOperationStore operations, ICommitter committer, Catalogues catalogues, INumbers numbers, TimeProvider clock)
    : Grain, ICampaignTemplatesGrain
{
    private static readonly FilterSubject Subject = new(new Shape("template", "A campaign template") { Fields = [.. Fields.Texts("id", "name", "campaign_type")] });

    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<CampaignTemplateResult> CreateAsync(string id, CampaignTemplateCommand command, CommandContext context)
    {
        while (true)
        {
            var done = await operations.FindAsync(Project, context);
            if (done is { IsOther: true })
            {
                return new CampaignTemplateResult.KeyReused();
            }

            if (await store.FindAsync(Project, id) is { } present)
            {
                return Saved(present);
            }

            if (done is not null)
            {
                return new CampaignTemplateResult.Deleted();
            }

            var (row, refusal) = await DraftAsync(id, command);
            if (row is null)
            {
                return refusal!;
            }

            if ((await store.ListAsync(Project, new TableQuery(null, 1, 1), CancellationToken.None)).Total >= CampaignTemplate.Most)
            {
                return new CampaignTemplateResult.TooMany();
            }

            var commit = new Commit { Project = Project, Operation = context.Remember(null, clock.GetUtcNow()) };
            commit.Rows.Add(CampaignTemplateTable.Templates.Save(row));
            switch ((await committer.CommitAsync(commit)).RefusedBy)
            {
                case null:
                    return Saved(row);
                case Guard.Unique taken:
                    return new CampaignTemplateResult.Duplicate(taken.Value);
                default:
                    break;
            }
        }
    }

    public async Task<CampaignTemplateResult> ChangeAsync(string id, CampaignTemplateCommand command)
    {
        while (await store.FindAsync(Project, id) is { } present)
        {
            var row = present with { Name = command.Name ?? present.Name, Description = command.Description is null ? present.Description : command.Description.Length > 0 ? command.Description : null };
            if (row == present)
            {
                return Saved(row);
            }

            row = row with { UpdatedAt = clock.GetStoredNow() };
            switch (await CommitAsync(CampaignTemplateTable.Templates.Save(row)))
            {
                case null:
                    return Saved(row);
                case Guard.Unique taken:
                    return new CampaignTemplateResult.Duplicate(taken.Value);
                default:
                    break;
            }
        }

        return new CampaignTemplateResult.NotFound("campaign_template", id);
    }

    public async Task<bool> DeleteAsync(string id)
    {
        while (await store.FindAsync(Project, id) is { } present)
        {
            if (await CommitAsync(CampaignTemplateTable.Templates.Delete(present)) is null)
            {
                return true;
            }
        }

        return RepeatedCalls.IsCurrent;
    }

    public async Task<CampaignTemplate?> FindAsync(string id, CancellationToken cancellation) => await store.FindAsync(Project, id) is { } row ? CampaignTemplateTable.View(row) : null;

    public async Task<CampaignTemplatePage> ListAsync(CampaignTemplateListQuery query, CancellationToken cancellation)
    {
        var (filter, problems) = query.Filters is { } given ? ListFilter.Parse(given, Subject, (await catalogues.GetAsync(Project)).Section<ProjectSection>().Calendar) : (null, []);
        var all = await store.AllAsync(Project);
        var now = clock.GetUtcNow();
        var ordered = all.Where(row => filter is null || filter.Meets(Document(row).Utf8.Span, now)).OrderBy(static row => row.Id, StringComparer.Ordinal).ToList();
        if (query.Descending)
        {
            ordered.Reverse();
        }

        var rest = query.StartingAfter is { } after ? ordered.Where(row => string.CompareOrdinal(row.Id, after) is var place && (query.Descending ? place < 0 : place > 0)) : ordered;
        List<CampaignTemplateRow> page = [.. rest.Take(query.Limit + 1)];
        return new CampaignTemplatePage(
            new Page<CampaignTemplate>(problems.Count > 0 ? [] : [.. page.Take(query.Limit).Select(CampaignTemplateTable.View)], all.Count, problems.Count == 0 && page.Count > query.Limit), problems);
    }

    public async Task<CampaignSetup> SetUpCampaignAsync(string id, string campaignId, CampaignCommand command, CommandContext context)
    {
        if (await store.FindAsync(Project, id) is not { } template)
        {
            return new CampaignSetup(null, []);
        }

        var document = TemplateDocument.Read(template.Document);
        var rules = await MakeRulesAsync(document, campaignId, context);
        var result = await GrainFactory.Campaign(Project, campaignId).CreateAsync(document.Campaign(template.CampaignType, command, rules), context);
        return new CampaignSetup(result, result is CampaignResult.Saved ? rules : await ForgetAsync(rules));
    }

    public async Task<TierSetup> SetUpTierAsync(string id, string tierId, string campaign, PromotionTierCommand command, CommandContext context)
    {
        if (await store.FindAsync(Project, id) is not { } template)
        {
            return new TierSetup(null, []);
        }

        if (template.CampaignType != CampaignTypes.Coupons)
        {
            return new TierSetup(new PromotionResult.Invalid([new FieldProblem("campaign_id", $"cannot have a tier of a template of {template.CampaignType}")]), []);
        }

        var document = TemplateDocument.Read(template.Document);
        var rules = await MakeRulesAsync(document, tierId, context);
        var result = await GrainFactory.Promotions(Project).CreateTierAsync(tierId, campaign, document.Tier(command, rules), context);
        return new TierSetup(result, result is PromotionResult.Saved ? rules : await ForgetAsync(rules));
    }

    private async Task<(CampaignTemplateRow? Row, CampaignTemplateResult? Refusal)> DraftAsync(string id, CampaignTemplateCommand command)
    {
        var catalogue = await catalogues.FreshAsync(Project);
        TemplateDocument document;
        string type;
        if (command.Tier is { } tierId)
        {
            if (catalogue.Section<PromotionSection>().FindTier(tierId) is not { } tier)
            {
                return (null, new CampaignTemplateResult.NotFound("promotion_tier", tierId));
            }

            (type, document) = (CampaignTypes.Coupons, TemplateDocument.Of(tier, await RulesOfAsync(catalogue, PromotionShape.Tier, tier.Id)));
        }
        else
        {
            if (catalogue.Section<CampaignSection>().Find(command.Campaign!) is not { } campaign)
            {
                return (null, new CampaignTemplateResult.NotFound("campaign", command.Campaign!));
            }

            if (campaign.Row.CampaignType is not (CampaignTypes.Coupons or CampaignTypes.Gifts))
            {
                return (null, new CampaignTemplateResult.NotSupported());
            }

            (type, document) = (campaign.Row.CampaignType, TemplateDocument.Of(campaign.Row, await RulesOfAsync(catalogue, CampaignRuleTarget.Kind, campaign.Id)));
        }

        return (
            new CampaignTemplateRow(
                await numbers.NextAsync(CampaignTemplateTable.Templates.Numbers), id, 0, command.Name!, command.Description is { Length: > 0 } said ? said : null, type, document.Write(), clock.GetStoredNow(), null),
            null);
    }

    private async Task<IReadOnlyList<TemplateRule>> RulesOfAsync(CatalogueSnapshot catalogue, string type, string id)
    {
        var rules = await Task.WhenAll(catalogue.ValidationRules.AssignmentsOf(type, id).Select(assignment => GrainFactory.ValidationRuleQueries(Project).FindAsync(assignment.RuleId)));
        return [.. rules.OfType<ValidationRule>().Select(TemplateRule.Of)];
    }

    // Their ids follow from what they are made for, so that whoever asks again makes no others.
    private async Task<IReadOnlyList<string>> MakeRulesAsync(TemplateDocument document, string target, CommandContext context)
    {
        var made = new List<string>(document.Rules.Count);
        foreach (var rule in document.Rules)
        {
            var id = ObjectIds.FromSource("val_", Project, $"template\n{target}\n{made.Count}");
            if (await GrainFactory.ValidationRules(Project).CreateAsync(id, rule.Change, context with { IdempotencyKey = null, Fingerprint = null }) is ValidationRuleResult.Saved)
            {
                made.Add(id);
            }
        }

        return made;
    }

    // One that is assigned to something stays.
    private async Task<IReadOnlyList<string>> ForgetAsync(IReadOnlyList<string> rules)
    {
        foreach (var rule in rules)
        {
            await GrainFactory.ValidationRules(Project).DeleteAsync(rule);
        }

        return [];
    }

    private async Task<Guard?> CommitAsync(RowWrite write)
    {
        var commit = new Commit { Project = Project };
        commit.Rows.Add(write);
        return (await committer.CommitAsync(commit)).RefusedBy;
    }

    private static CampaignTemplateResult.Saved Saved(CampaignTemplateRow row) => new(CampaignTemplateTable.View(row));

    private static RawJson Document(CampaignTemplateRow row) => WrittenJson.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("id"u8, row.Id);
        json.WriteString("name"u8, row.Name);
        json.WriteString("campaign_type"u8, row.CampaignType);
        json.WriteEndObject();
    });
}
