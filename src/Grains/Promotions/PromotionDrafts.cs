using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Categories;
using Marketing.MetadataSchemas;
using Marketing.Projects;
using Marketing.Storage;
using Marketing.ValidationRules;

namespace Marketing.Promotions;

/// <summary>What is to be written for tiers that are made or changed: they with their places and their rules, and the tiers that give way.</summary>
internal sealed class PromotionDrafts(ITableStore<PromotionTierRow> tiers, RulesAtBirth rules, Catalogues catalogues, INumbers numbers, TimeProvider clock)
{
    /// <summary>Tiers of a campaign that are to be made, one after the other.</summary>
    /// <param name="project">Whose.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="wanted">Ids and what they consist of.</param>
    /// <param name="present">The tiers the campaign has.</param>
    public async Task<PromotionDraft> NewAsync(
        int project, CampaignRow campaign, IReadOnlyList<(string Id, PromotionTierCommand Command)> wanted, IReadOnlyCollection<PromotionTierRow> present)
    {
        if ((await tiers.ListAsync(project, new TableQuery(null, 1, 1), CancellationToken.None)).Total + wanted.Count > PromotionLimits.TiersOfProject)
        {
            return PromotionDraft.Refused(0, new PromotionResult.TooMany($"A project has at most {PromotionLimits.TiersOfProject} promotion tiers"));
        }

        var catalogue = await catalogues.FreshAsync(project);
        var now = clock.GetStoredNow();
        var made = new List<PromotionTierRow>(wanted.Count);
        var others = present.ToDictionary(static tier => tier.Id, StringComparer.Ordinal);
        var touched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (id, command) in wanted)
        {
            var empty = new PromotionTierRow(0, id, 0, campaign.Number, command.Name!, command.Active ?? true, 0, RawJson.EmptyObject, RawJson.EmptyObject, now, null);
            var (row, refusal) = Apply(empty, command, catalogue);
            if (row is null)
            {
                return PromotionDraft.Refused(made.Count, refusal!);
            }

            var (place, moved) = PromotionOrder.Place(others.Values, null, command.Hierarchy);
            made.Add(row with { Number = await numbers.NextAsync(PromotionTierTable.Tiers.Numbers), Hierarchy = place });
            foreach (var tier in moved.Append(made[^1]))
            {
                others[tier.Id] = tier;
                touched.Add(tier.Id);
            }
        }

        return await DraftAsync(project, catalogue, [.. touched.Select(id => Dated(others[id], now))], wanted, made, isNew: true);
    }

    /// <summary>A tier that is to be changed.</summary>
    public async Task<PromotionDraft> ChangeAsync(int project, PromotionTierRow present, PromotionTierCommand command)
    {
        var catalogue = await catalogues.FreshAsync(project);
        var (row, refusal) = Apply(present, command, catalogue);
        if (row is null)
        {
            return PromotionDraft.Refused(0, refusal!);
        }

        var others = (await OfAsync(project, present.Campaign)).Where(tier => tier.Id != present.Id).ToList();
        var (place, moved) = PromotionOrder.Place(others, present.Hierarchy, command.Hierarchy);
        var now = clock.GetStoredNow();
        row = row with { Hierarchy = place };
        var changed = moved.Append(row).Where(tier => tier != present).Select(tier => Dated(tier, now));
        return await DraftAsync(project, catalogue, [.. changed], [(present.Id, command)], [row], isNew: false);
    }

    /// <summary>The tiers of a campaign.</summary>
    public Task<IReadOnlyList<PromotionTierRow>> OfAsync(int project, long campaign) =>
        tiers.FindManyAsync(project, PromotionTierTable.Campaign, [campaign], PromotionLimits.TiersOfProject * 2);

    private static (PromotionTierRow? Row, PromotionResult? Refusal) Apply(PromotionTierRow before, PromotionTierCommand command, CatalogueSnapshot catalogue) =>
        PromotionRules.Apply(before, command, catalogue.Section<CategorySection>(), catalogue.Section<ProjectSection>().Calendar);

    private static PromotionTierRow Dated(PromotionTierRow tier, DateTimeOffset now) => tier.Version == 0 ? tier : tier with { UpdatedAt = now };

    private async Task<PromotionDraft> DraftAsync(
        int project, CatalogueSnapshot catalogue, IReadOnlyList<PromotionTierRow> changed, IReadOnlyList<(string Id, PromotionTierCommand Command)> wanted, List<PromotionTierRow> results, bool isNew)
    {
        for (var i = 0; i < wanted.Count; i++)
        {
            var problems = catalogue.MetadataSchemas.ProblemsOf(PromotionShape.Tier, wanted[i].Command.Metadata, results[i].Metadata, isNew);
            if (problems.Count > 0)
            {
                return PromotionDraft.Refused(i, new PromotionResult.InvalidMetadata(problems));
            }
        }

        var writes = changed.Select(PromotionTierTable.Tiers.Save).ToList();
        var written = new HashSet<(string Table, string Id)>();
        for (var i = 0; i < wanted.Count; i++)
        {
            var assigned = catalogue.ValidationRules.AssignmentsOf(PromotionShape.Tier, wanted[i].Id).Select(static assignment => assignment.RuleId).ToHashSet(StringComparer.Ordinal);
            string[] missing = [.. wanted[i].Command.ValidationRules.Where(rule => !assigned.Contains(rule)).Distinct(StringComparer.Ordinal)];
            if (assigned.Count + missing.Length > ValidationRuleLimits.RulesOfObject)
            {
                return PromotionDraft.Refused(i, new PromotionResult.TooMany($"A promotion tier has at most {ValidationRuleLimits.RulesOfObject} validation rules"));
            }

            var (rows, unknown, problem) = await rules.AssignAsync(project, missing, new RuleTarget(PromotionShape.Tier, wanted[i].Id));
            if (unknown is not null || problem is not null)
            {
                return PromotionDraft.Refused(i, unknown is not null
                    ? new PromotionResult.NotFound("validation_rules", unknown)
                    : new PromotionResult.Invalid([new FieldProblem("validation_rules", problem!)]));
            }

            // A rule of several tiers is written once.
            writes.AddRange(rows.Where(row => written.Add((row.Table.Name, row.Row.Id))));
        }

        return new PromotionDraft(writes, catalogue.Version, null, 0);
    }
}

/// <summary>What is to be written, or why nothing is.</summary>
/// <param name="Writes">Rows; empty where everything is as it is asked for.</param>
/// <param name="CatalogueVersion">What they were matched against.</param>
/// <param name="Refusal">Null where there is nothing to refuse.</param>
/// <param name="RefusedAt">Which of the tiers is refused.</param>
internal sealed record PromotionDraft(IReadOnlyList<RowWrite> Writes, long CatalogueVersion, PromotionResult? Refusal, int RefusedAt)
{
    public static PromotionDraft Refused(int at, PromotionResult why) => new([], 0, why, at);
}
