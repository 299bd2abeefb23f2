using Marketing.Campaigns;
using Marketing.Categories;
using Marketing.Clients;
using Marketing.Storage;

namespace Marketing.Promotions;

internal sealed partial class PromotionsGrain
{
    public async Task<PromotionResult> CreateStackAsync(string id, string campaign, PromotionStackCommand command, CommandContext context)
    {
        while (true)
        {
            var done = await operations.FindAsync(Project, context);
            if (done is { IsOther: true })
            {
                return new PromotionResult.KeyReused();
            }

            if (await stacks.FindAsync(Project, id) is not null)
            {
                return await KnownStackAsync(id);
            }

            if (done is not null)
            {
                return new PromotionResult.Deleted(PromotionShape.Stack, id);
            }

            if (await CampaignAsync(campaign) is not { } of)
            {
                return new PromotionResult.NotFound("campaign", campaign);
            }

            if (of.CampaignType != CampaignTypes.Promotion)
            {
                return new PromotionResult.WrongCampaign(campaign, of.CampaignType);
            }

            var (category, version, refusal) = await CheckAsync(of.Number, command);
            if (refusal is not null)
            {
                return refusal;
            }

            if ((await stacks.ListAsync(Project, new TableQuery(null, 1, 1), CancellationToken.None)).Total >= PromotionLimits.StacksOfProject)
            {
                return new PromotionResult.TooMany($"A project has at most {PromotionLimits.StacksOfProject} promotion stacks");
            }

            var row = new PromotionStackRow(
                await numbers.NextAsync(PromotionStackTable.Stacks.Numbers), id, 0, of.Number, command.Name!, PromotionStackRow.ListOf(command.Tiers!), category, clock.GetStoredNow(), null);
            if (await CommitAsync([PromotionStackTable.Stacks.Save(row), CampaignTable.Campaigns.Save(of)], version, context))
            {
                return await KnownStackAsync(id);
            }
        }
    }

    public async Task<PromotionResult> ChangeStackAsync(string campaign, string id, PromotionStackCommand command)
    {
        while (true)
        {
            var (present, missing) = await FindStackAsync(campaign, id);
            if (present is null)
            {
                return missing!;
            }

            var fence = await FenceAsync(present.Campaign);
            var (category, version, refusal) = await CheckAsync(present.Campaign, command);
            if (refusal is not null)
            {
                return refusal;
            }

            var row = present with
            {
                Name = command.Name ?? present.Name,
                Tiers = command.Tiers is { } given ? PromotionStackRow.ListOf(given) : present.Tiers,
                CategoryId = command.CategoryId is null ? present.CategoryId : category,
            };
            if (row == present || await CommitAsync([PromotionStackTable.Stacks.Save(row with { UpdatedAt = clock.GetStoredNow() }), .. fence], version))
            {
                return await KnownStackAsync(id, changes: true);
            }
        }
    }

    public async Task<PromotionResult> DeleteStackAsync(string campaign, string id)
    {
        while (true)
        {
            var (present, missing) = await FindStackAsync(campaign, id);
            if (present is null)
            {
                return RepeatedCalls.IsCurrent && missing is { Type: PromotionShape.Stack } ? new PromotionResult.Deleted(PromotionShape.Stack, id) : missing!;
            }

            if (await CommitAsync([PromotionStackTable.Stacks.Delete(present)]))
            {
                await catalogues.ChangedAsync(Project);
                return new PromotionResult.Deleted(PromotionShape.Stack, id);
            }
        }
    }

    private async Task<(PromotionStackRow? Row, PromotionResult.NotFound? Missing)> FindStackAsync(string campaign, string id)
    {
        if (await CampaignAsync(campaign) is not { } of)
        {
            return (null, new PromotionResult.NotFound("campaign", campaign));
        }

        return await stacks.FindAsync(Project, id) is { } row && row.Campaign == of.Number ? (row, null) : (null, new PromotionResult.NotFound(PromotionShape.Stack, id));
    }

    private Task<IReadOnlyList<PromotionStackRow>> StacksOfAsync(long campaign) =>
        stacks.FindManyAsync(Project, PromotionStackTable.Campaign, [campaign], PromotionLimits.StacksOfProject * 2);

    // The category that is meant, and of which catalogue; or what there is not.
    private async Task<(string? Category, long Version, PromotionResult? Refusal)> CheckAsync(long campaign, PromotionStackCommand command)
    {
        if (command.Tiers is { } wanted)
        {
            var known = (await drafts.OfAsync(Project, campaign)).Select(static tier => tier.Id).ToHashSet(StringComparer.Ordinal);
            if (wanted.FirstOrDefault(tier => !known.Contains(tier)) is { } unknown)
            {
                return (null, 0, new PromotionResult.NotFound(PromotionShape.Tier, unknown));
            }
        }

        var catalogue = await catalogues.FreshAsync(Project);
        var category = command.CategoryId is "" ? null : command.CategoryId;
        return category is not null && catalogue.Section<CategorySection>().Find(category) is null
            ? (null, 0, new PromotionResult.Invalid([new FieldProblem(CategoryChoice.IdField, "must be the id of a category that there is")]))
            : (category, catalogue.Version, null);
    }
}
