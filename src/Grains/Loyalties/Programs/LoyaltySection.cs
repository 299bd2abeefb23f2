using System.Collections.Frozen;
using System.Text.Json;
using Marketing.Catalogue;
using Marketing.Storage;

namespace Marketing.Loyalties;

/// <summary>Tiers and earning rules of a project. Immutable.</summary>
internal sealed class LoyaltySection
{
    private static readonly EarningRuleEntry[] Nobody = [];

    private readonly FrozenDictionary<long, LoyaltyTierEntry[]> _tiers;
    private readonly FrozenDictionary<string, LoyaltyTierEntry> _byId;
    private readonly FrozenDictionary<string, EarningRuleEntry[]> _listeners;

    public LoyaltySection(IReadOnlyCollection<LoyaltyTierEntry> tiers, IReadOnlyCollection<EarningRuleEntry> rules)
    {
        _tiers = tiers.GroupBy(static tier => tier.Row.Campaign).ToFrozenDictionary(static group => group.Key, static group => group.OrderBy(static tier => tier.Row.From).ThenBy(static tier => tier.Row.Number).ToArray());
        _byId = tiers.ToFrozenDictionary(static tier => tier.Id, StringComparer.Ordinal);
        Rules = [.. rules.OrderBy(static rule => rule.Row.Number)];
        _listeners = Rules.Where(static rule => rule.Row.IsActive && rule.Calculation is not null).GroupBy(static rule => Key(rule.ListensTo, rule.Selector), StringComparer.Ordinal)
            .ToFrozenDictionary(static group => group.Key, static group => group.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>In the order in which they were made.</summary>
    public IReadOnlyList<EarningRuleEntry> Rules { get; }

    /// <summary>Those of a programme, the lowest first.</summary>
    public IReadOnlyList<LoyaltyTierEntry> TiersOf(long campaign) => _tiers.GetValueOrDefault(campaign, []);

    public LoyaltyTierEntry? FindTier(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The enabled rules that listen to what happened: to the segment or event that it is about, or to tiers of any programme.</summary>
    public EarningRuleEntry[] Listeners(string type, string? selector) => _listeners.Count == 0 ? Nobody : _listeners.GetValueOrDefault(Key(type, selector), Nobody);

    private static string Key(string type, string? selector) => selector is null ? type : $"{type}\n{selector}";
}

/// <summary>A tier as members are decided by. Immutable.</summary>
internal sealed class LoyaltyTierEntry
{
    private readonly FrozenDictionary<string, TierMapping> _earning;

    public LoyaltyTierEntry(TierRow row)
    {
        Row = row;
        Fields = row.Fields.ToElement();
        var mappings = LoyaltyJson.Child(Fields, "earning_rules");
        _earning = mappings.ValueKind == JsonValueKind.Object
            ? mappings.EnumerateObject().Select(static one => (one.Name, Mapping: TierMapping.Read(one.Value))).Where(static one => one.Mapping is not null)
                .ToFrozenDictionary(static one => one.Name, static one => one.Mapping!, StringComparer.Ordinal)
            : FrozenDictionary<string, TierMapping>.Empty;
    }

    public TierRow Row { get; }

    public JsonElement Fields { get; }

    public string Id => Row.Id;

    public string Name => Row.Name;

    /// <summary>Ids of the rules that are different in it.</summary>
    public IReadOnlyList<string> MappedRules => _earning.Keys;

    /// <summary>What members of the tier get by a rule instead; null where it is the same.</summary>
    public TierMapping? MappingOf(string rule) => _earning.GetValueOrDefault(rule);
}

/// <summary>Reads tiers and rules of a project.</summary>
internal sealed class LoyaltySectionReader(ITableStore<TierRow> tiers, ITableStore<EarningRuleRow> rules) : SectionReader<LoyaltySection>
{
    public override IReadOnlyList<string> Tables => ["loyalty_tiers", "loyalty_earning_rules"];

    protected override async ValueTask<LoyaltySection> ReadAsync(int project, LoyaltySection? before) =>
        new([.. (await tiers.AllAsync(project)).Select(static row => new LoyaltyTierEntry(row))], [.. (await rules.AllAsync(project)).Select(static row => new EarningRuleEntry(row))]);
}
