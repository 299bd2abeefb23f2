using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Catalogue;
using Marketing.Clients;
using Marketing.Json;
using Marketing.MetadataSchemas;
using Marketing.Storage;
using Marketing.ValidationRules;

namespace Marketing.Rewards;

[GrainType("rewards"), CollectionAgeLimit(Minutes = 2)]
internal sealed partial class RewardsGrain(
    ITableStore<RewardRow> rewards, ITableStore<RewardAssignmentRow> assignments, RewardParameters parameters, RewardReads reads, RulesAtBirth rules, IBalanceStore balances, IOperationStore operations,
    ICommitter committer, MetadataCheck metadata, Catalogues catalogues, INumbers numbers, TimeProvider clock)
    : Grain, IRewardsGrain
{
    private const string Reward = "reward";

    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<RewardResult> CreateAsync(RewardCommand command, CommandContext context)
    {
        while (true)
        {
            var done = await operations.FindAsync(Project, context);
            if (done is { IsOther: true })
            {
                return new RewardResult.KeyReused();
            }

            if (await rewards.FindAsync(Project, command.Id) is not null)
            {
                return await ShowAsync(command.Id);
            }

            if (done is not null)
            {
                return new RewardResult.Deleted(Reward, command.Id);
            }

            var catalogue = await catalogues.FreshAsync(Project);
            if (catalogue.Section<RewardSection>().Count >= RewardLimits.RewardsOfProject)
            {
                return Invalid("", $"would be one too many: a project has at most {RewardLimits.RewardsOfProject} rewards");
            }

            if ((command.Type ?? RewardParameters.TypeOf(command.Parameters)) is not { } type)
            {
                return new RewardResult.Missing("parameters");
            }

            var empty = new RewardRow(
                await numbers.NextAsync(RewardTable.Rewards.Numbers), command.Id, 0, "Reward", type, false, RawJson.EmptyObject, RawJson.EmptyObject, clock.GetStoredNow(), null);
            if (await SaveAsync(catalogue, empty, command with { Parameters = command.Parameters ?? RawJson.EmptyObject }, context) is { } answer)
            {
                return answer;
            }
        }
    }

    public async Task<RewardResult> ChangeAsync(RewardCommand command)
    {
        while (await rewards.FindAsync(Project, command.Id) is { } present)
        {
            if (command.Type is { } type && type != present.Type)
            {
                return Invalid("type", $"stays as it is: {present.Type}");
            }

            if (await SaveAsync(await catalogues.FreshAsync(Project), present, command, null) is { } answer)
            {
                return answer;
            }
        }

        return new RewardResult.NotFound(Reward, command.Id);
    }

    public async Task<RewardResult> DeleteAsync(string rewardId)
    {
        while (await rewards.FindAsync(Project, rewardId) is { } present)
        {
            var used = await assignments.FindManyAsync(Project, RewardAssignmentTable.Reward, [present.Number], RewardLimits.AssignmentsOfProject);
            if (used.Count > 0)
            {
                return new RewardResult.InUse([.. used.Select(static row => row.Id)], rewardId);
            }

            if (await CommitAsync([RewardTable.Rewards.Delete(present)]))
            {
                await catalogues.ChangedAsync(Project);
                return new RewardResult.Gone();
            }
        }

        return RepeatedCalls.IsCurrent ? new RewardResult.Gone() : new RewardResult.NotFound(Reward, rewardId);
    }

    // Null where somebody else was faster, and it is to be looked at again.
    private async Task<RewardResult?> SaveAsync(CatalogueSnapshot catalogue, RewardRow present, RewardCommand command, CommandContext? context)
    {
        var isNew = present.Version == 0;
        if (command is { HasStock: true, Stock: not null } && present.Type != RewardTypes.Material)
        {
            return Invalid("stock", $"goes with rewards of type {RewardTypes.Material} only");
        }

        var fields = JsonNode.Parse(present.Fields.Utf8.Span)!.AsObject();
        if (command.Parameters is { } given)
        {
            var (settled, refusal) = await parameters.SettleAsync(catalogue, present.Type, given);
            if (refusal is not null)
            {
                return refusal;
            }

            fields["parameters"] = settled;
        }

        if (command.Attributes is { } attributes)
        {
            fields["attributes"] = JsonNode.Parse(JsonObjects.Merge(fields["attributes"] is JsonObject known ? Stored(known) : null, attributes).Utf8.Span);
        }

        var row = present with
        {
            Name = command.Name ?? present.Name,
            IsStocked = command.HasStock ? command.Stock is not null : present.IsStocked,
            Fields = JsonNode.DeepEquals(JsonNode.Parse(present.Fields.Utf8.Span), fields) ? present.Fields : Stored(fields),
            Metadata = command.Metadata is { } more ? JsonObjects.Merge(present.Metadata, more) : present.Metadata,
        };
        if (row.Fields.Utf8.Length + row.Metadata.Utf8.Length > RewardLimits.ObjectBytes)
        {
            return Invalid("metadata", $"must NOT make the reward larger than {RewardLimits.ObjectBytes} bytes");
        }

        var stock = command is { HasStock: true, Stock: { } wanted } ? await StockAsync(row.Number, wanted) : null;
        var verdict = await metadata.OfAsync(Project, Reward, command.Metadata, row.Metadata, isNew, commits: isNew || row != present || stock is not null);
        if (verdict.IsRefused)
        {
            return new RewardResult.InvalidMetadata(verdict.Problems);
        }

        if (!isNew && row == present && stock is null)
        {
            return await ShowAsync(row.Id);
        }

        return await CommitAsync([RewardTable.Rewards.Save(isNew ? row : row with { UpdatedAt = clock.GetStoredNow() })], verdict.CatalogueVersion, context, stock) ? await ShowAsync(row.Id) : null;
    }

    // The account holds what is left. What others take in this moment is refused or taken of what there is then.
    private async Task<BalanceChange?> StockAsync(long reward, long wanted)
    {
        var account = RewardAccounts.Stock(reward);
        var left = (await balances.ReadAsync(Project, [account]))[account];
        return left == wanted ? null : new BalanceChange(account, wanted - left, await numbers.NextAsync(NumberSequence.Ledger), "STOCK", clock.GetStoredNow(), []) { Least = wanted, Most = wanted };
    }

    // As every silo has it by now.
    private async Task<RewardResult> ShowAsync(string id)
    {
        await catalogues.ChangedAsync(Project);
        return await reads.FindAsync(await catalogues.GetAsync(Project), id) is { } shown ? new RewardResult.Saved(shown) : new RewardResult.NotFound(Reward, id);
    }

    private async Task<bool> CommitAsync(IEnumerable<RowWrite> writes, long catalogueVersion = 0, CommandContext? context = null, BalanceChange? stock = null)
    {
        var commit = new Commit { Project = Project, CatalogueVersion = catalogueVersion, Operation = context?.Remember(null, clock.GetUtcNow()) };
        commit.Rows.AddRange(writes);
        if (stock is not null)
        {
            commit.Balances.Add(stock);
        }

        return (await committer.CommitAsync(commit)).IsDurable;
    }

    private static RawJson Stored(JsonObject document) => new(JsonSerializer.SerializeToUtf8Bytes(document, WireJson.Options));

    private static RewardResult.Invalid Invalid(string field, string message) => new([new FieldProblem(field, message)]);
}
