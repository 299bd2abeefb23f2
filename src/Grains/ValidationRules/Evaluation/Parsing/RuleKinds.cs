using System.Collections.Frozen;

namespace Marketing.ValidationRules;

/// <summary>Every condition there is, by name.</summary>
internal static class RuleKinds
{
    private static readonly FrozenDictionary<string, RuleKind> ByName =
        new[] { Customers(), Orders(), Redemptions(), Limits(), Products(), Items() }.SelectMany(static kinds => kinds).ToFrozenDictionary(static kind => kind.Name, StringComparer.Ordinal);

    // Names of an earlier generation have underscores for dots.
    private static readonly FrozenDictionary<string, RuleKind> ByEarlierName = ByName.Values
        .Where(static kind => kind.Name.Contains('.', StringComparison.Ordinal)).ToFrozenDictionary(static kind => kind.Name.Replace('.', '_'), StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    public static RuleKind? Find(string name) => ByName.GetValueOrDefault(name) ?? ByEarlierName.GetValueOrDefault(name);

    private static RuleKind[] Customers() =>
    [
        new("customer.segment", RuleArea.Customer, RuleOperands.Segments, parts => new SegmentNode(parts.Failure, parts.Nested, parts.Segments)),
        Metadata("customer.metadata", RuleArea.Customer, RuleDocuments.Customer),
        Word("customer.loyalty_tier", RuleArea.Customer, subject => subject.LoyaltyTier),
        Metadata("custom_event.metadata", RuleArea.Redemption, RuleDocuments.CustomEvent),
    ];

    private static RuleKind[] Orders() =>
    [
        Figure("order.amount", RuleArea.Order, subject => subject.Order!.TotalAmount),
        Figure("order.initial_amount", RuleArea.Order, subject => subject.Order!.InitialAmount),
        Figure("order.total_amount", RuleArea.Order, subject => (subject.Discounted ?? subject.Order!).TotalAmount),
        Figure("order.items.count", RuleArea.Order, subject => subject.Order!.Lines.Sum(static line => line.Quantity)),
        LineFigure("order.items.price_any", static line => line.Price, each: false),
        LineFigure("order.items.price_each", static line => line.Price, each: true),
        LineMetadata("order.items.metadata_any", each: false),
        LineMetadata("order.items.metadata_each", each: true),
        Metadata("order.metadata", RuleArea.Order, RuleDocuments.Order),
    ];

    private static RuleKind[] Redemptions() =>
    [
        Word("redemption.api_key", RuleArea.Redemption, subject => subject.ApiKey),
        Word("redemption.user.login", RuleArea.Redemption, subject => subject.UserLogin),
        Metadata("redemption.metadata", RuleArea.Redemption, RuleDocuments.Redemption),
        Figure("redemption.reward.pay_with_points.points_used", RuleArea.Redemption, subject => subject.PointsUsed),

        // Switched off it leaves out nobody.
        Switch("publication.redeemable_by_linked_customer", RuleArea.Redemption, static isOn => isOn ? static (run, in _) => run.Subject.IsHolder : static (_, in _) => true),
    ];

    private static RuleKind[] Limits() =>
    [
        Limit("campaign.orders.amount", RuleMeasure.OrderAmount, RuleScope.Campaign),
        Limit("campaign.orders.amount_discounted", RuleMeasure.DiscountAmount, RuleScope.Campaign),
        Limit("redemption.gift.amount", RuleMeasure.GiftAmount, RuleScope.Campaign),
        Limit("redemption.count.per_api_key", RuleMeasure.Redemptions, RuleScope.ApiKey),
        Limit("redemption.count.per_user", RuleMeasure.Redemptions, RuleScope.User),
        .. InPeriods("campaign.redemptions.count", RuleScope.Campaign),
        .. InPeriods("campaign.redemptions.customers_count", RuleScope.CampaignCustomer),
        .. InPeriods("redemption.count", RuleScope.Incentive).Skip(1),
        .. InPeriods("redemption.count.per_customer", RuleScope.IncentiveCustomer),
    ];

    private static RuleKind[] Products() =>
    [
        Choice("product.id", ItemChoice.Any) with { Item = ItemKind.Product },
        Choice("sku.id", ItemChoice.Any) with { Item = ItemKind.Sku },
        LineFigure("product.price", static line => line.Price, each: false),
        LineFigure("sku.price", static line => line.Price, each: false),
        LineSum("product.quantity", static line => line.Quantity),
        LineSum("sku.quantity", static line => line.Quantity),
        Applicable("product.discount_applicable"), Applicable("sku.discount_applicable"), Applicable("product.metadata.discount_applicable"),
        new("product.metadata", RuleArea.Order, RuleOperands.Metadata, static parts => new ProductMetadataNode(parts.Failure, parts.Nested, parts.Metadata)) { NeedsProperty = true, NamesItems = true },
        LineSum("product.metadata.aggregated_quantity", static line => line.Quantity),
        LineSum("product.metadata.aggregated_amount", static line => line.SubtotalAmount),
        Switch(
            "product.metadata.match_all", RuleArea.Order,
            static isOn => isOn ? static (run, in lines) => lines.Items.Count == run.AllLines.Count : static (_, in _) => true),
    ];

    private static RuleKind[] Items() =>
    [
        Choice("order.items.any", ItemChoice.Any), Choice("order.items.every", ItemChoice.Every), Choice("order.items.none", ItemChoice.None),
        Choice("order.items.cheapest", ItemChoice.Cheapest), Choice("order.items.most_expensive", ItemChoice.MostExpensive),
        LineFigure("order.items.price", static line => line.Price, each: null),
        LineFigure("order.items.quantity", static line => line.Quantity, each: null),
        LineSum("order.items.aggregated_quantity", static line => line.Quantity),
        LineSum("order.items.aggregated_amount", static line => line.SubtotalAmount),
        LineMetadata("order.items.metadata", each: null),
    ];

    private static RuleKind Figure(string name, RuleArea area, Func<RuleSubject, long> figure) =>
        new(name, area, RuleOperands.Figure, parts => new FigureNode(parts.Failure, parts.Nested, parts.Test, figure));

    private static RuleKind Word(string name, RuleArea area, Func<RuleSubject, string?> word) =>
        new(name, area, RuleOperands.Word, parts => new WordNode(parts.Failure, parts.Nested, parts.Test, word));

    private static RuleKind Metadata(string name, RuleArea area, RuleDocuments document) =>
        new(name, area, RuleOperands.Metadata, parts => new MetadataNode(parts.Failure, parts.Nested, parts.Metadata, document))
        {
            NeedsProperty = true,
            Root = document is RuleDocuments.Customer ? "metadata" : null,
        };

    private static RuleKind LineFigure(string name, Func<Carts.CartLine, long> figure, bool? each) =>
        new(name, RuleArea.Order, RuleOperands.Figure, parts => new LineFigureNode(parts.Failure, parts.Nested, parts.Test, figure, each));

    private static RuleKind LineSum(string name, Func<Carts.CartLine, long> figure) =>
        new(name, RuleArea.Order, RuleOperands.Figure, parts => new LineSumNode(parts.Failure, parts.Nested, parts.Test, figure));

    private static RuleKind LineMetadata(string name, bool? each) =>
        new(name, RuleArea.Order, RuleOperands.Metadata, parts => new LineMetadataNode(parts.Failure, parts.Nested, parts.Metadata, each)) { NeedsProperty = true };

    private static RuleKind Choice(string name, ItemChoice choice) =>
        new(name, RuleArea.Order, RuleOperands.Items, parts => new ItemsNode(parts.Failure, parts.Nested, parts.Items, choice)) { NamesItems = choice is not ItemChoice.None };

    private static RuleKind Switch(string name, RuleArea area, Func<bool, RuleSwitch> when) =>
        new(name, area, RuleOperands.Switch, parts => new SwitchNode(parts.Failure, parts.Nested, when(parts.IsOn)));

    // Says to what a discount goes, and keeps nobody out.
    private static RuleKind Applicable(string name) =>
        new(name, RuleArea.Order, RuleOperands.Switch, parts => new SwitchNode(parts.Failure, parts.Nested, static (_, in _) => true)) { IsDiscountApplicable = true };

    private static RuleKind[] InPeriods(string name, RuleScope scope) =>
    [
        Limit(name, RuleMeasure.Redemptions, scope),
        Limit($"{name}.daily", RuleMeasure.Redemptions, scope, RulePeriod.Day),
        Limit($"{name}.weekly", RuleMeasure.Redemptions, scope, RulePeriod.Week),
        Limit($"{name}.monthly", RuleMeasure.Redemptions, scope, RulePeriod.Month),
    ];

    private static RuleKind Limit(string name, RuleMeasure measure, RuleScope scope, RulePeriod period = RulePeriod.Ever) =>
        new(name, RuleArea.Redemption, RuleOperands.Limit, parts => new LimitNode(parts.Failure, parts.Nested, parts.Limit)) { Counts = (measure, scope, period) };
}

/// <summary>A condition by its name.</summary>
/// <param name="Name">As rules are written today.</param>
/// <param name="Area">What it is about.</param>
/// <param name="Operands">What it takes.</param>
/// <param name="Build">Makes it of what was read.</param>
internal sealed record RuleKind(string Name, RuleArea Area, RuleOperands Operands, Func<RuleParts, RuleNode> Build)
{
    /// <summary>Whether it reads a field that has to be named.</summary>
    public bool NeedsProperty { get; init; }

    /// <summary>The property of the document below which such a field is; null where the document is the metadata.</summary>
    public string? Root { get; init; }

    /// <summary>What an item is that does not say it.</summary>
    public ItemKind Item { get; init; }

    /// <summary>Of a limit.</summary>
    public (RuleMeasure Measure, RuleScope Scope, RulePeriod Period)? Counts { get; init; }

    /// <summary>Whether it asks for certain products to be bought.</summary>
    public bool NamesItems { get; init; }

    /// <summary>Whether a discount goes to what the condition around it found.</summary>
    public bool IsDiscountApplicable { get; init; }
}

/// <summary>What was read of a condition; as much of it as its kind takes.</summary>
/// <param name="Failure">What is answered when it does not hold.</param>
/// <param name="Nested">Those within it.</param>
internal sealed record RuleParts(RuleFailure Failure, RuleSet Nested)
{
    public FigureTest Test { get; init; } = new([]);

    public MetadataTest Metadata { get; init; } = null!;

    public IReadOnlyList<(bool Excludes, string[] Ids)> Segments { get; init; } = [];

    public ItemTest Items { get; init; } = new([], null);

    public bool IsOn { get; init; } = true;

    public RuleLimit Limit { get; init; } = null!;
}

/// <summary>What conditions take, and with it which operators.</summary>
internal enum RuleOperands
{
    Figure,
    Word,
    Metadata,
    Segments,
    Items,
    Switch,
    Limit,
}
