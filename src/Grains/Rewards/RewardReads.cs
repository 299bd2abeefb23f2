using Marketing.Catalogue;
using Marketing.Json;
using Marketing.Storage;

namespace Marketing.Rewards;

/// <summary>Reads what was counted of rewards, many at once.</summary>
internal sealed class RewardReads(IBalanceStore balances, ITallyStore tallies)
{
    /// <summary>What was counted of some rewards, by their numbers.</summary>
    public async Task<IReadOnlyDictionary<long, RewardCount>> CountAsync(int project, IReadOnlyCollection<RewardEntry> rewards)
    {
        if (rewards.Count == 0)
        {
            return new Dictionary<long, RewardCount>();
        }

        string[] stocked = [.. rewards.Where(static reward => reward.Row.IsStocked).Select(static reward => RewardAccounts.Stock(reward.Number)).Distinct(StringComparer.Ordinal)];
        var left = stocked.Length == 0 ? null : await balances.ReadAsync(project, stocked);
        var redeemed = await tallies.ReadAsync(project, [.. rewards.Select(static reward => RewardAccounts.Redeemed(reward.Number)).Distinct(StringComparer.Ordinal)]);
        return rewards.DistinctBy(static reward => reward.Number).ToDictionary(
            static reward => reward.Number,
            reward => new RewardCount(reward.Row.IsStocked ? left![RewardAccounts.Stock(reward.Number)] : null, redeemed[RewardAccounts.Redeemed(reward.Number)]));
    }

    /// <summary>Rewards in the wire format, in their order.</summary>
    public async Task<IReadOnlyList<RawJson>> ShowAsync(int project, IReadOnlyList<RewardEntry> rewards)
    {
        var counts = await CountAsync(project, rewards);
        return [.. rewards.Select(reward => WrittenJson.Of(json => RewardJson.Write(reward, counts[reward.Number], json)))];
    }

    /// <summary>A reward in the wire format, or null.</summary>
    public async Task<RawJson?> FindAsync(CatalogueSnapshot catalogue, string id) =>
        catalogue.Section<RewardSection>().Find(id) is { } reward ? (await ShowAsync(catalogue.Project, [reward]))[0] : null;
}
