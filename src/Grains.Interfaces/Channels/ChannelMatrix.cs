using Marketing.Catalogue;

namespace Marketing.Channels;

/// <summary>Which channel carries which action of which trigger, in one table. A channel that is not in it carries all of them.</summary>
public static class ChannelMatrix
{
    private static readonly string[] Segments = [TriggerCatalogue.SegmentEntered, TriggerCatalogue.SegmentLeft];
    private static readonly string[] Carts = [TriggerCatalogue.OrderCreated, TriggerCatalogue.OrderUpdated, TriggerCatalogue.OrderPaid, TriggerCatalogue.OrderCanceled];

    // Tools show what is in a profile: they carry what puts something there.
    private static readonly string[] Codes = [ActionCatalogue.PublishCodes, ActionCatalogue.PublishedCode];
    private static readonly string[] CodesAndPromotions = [.. Codes, ActionCatalogue.NotifyPromotion];

    /// <summary>The table.</summary>
    public static IReadOnlyList<ChannelRow> All { get; } =
    [
        new("email", "Email") { WritesToAddress = true },
        new("webhook", "Webhook") { Except = [(TriggerCatalogue.Manual, ActionCatalogue.PlainMessage)] },
        new("sms", "SMS") { WritesToAddress = true },
        new("braze", "Braze") { Triggers = [TriggerCatalogue.Manual, .. Segments, .. Carts, TriggerCatalogue.CustomEvent, TriggerCatalogue.Published], Actions = CodesAndPromotions },
        new("mailchimp", "Mailchimp") { Triggers = [TriggerCatalogue.Manual, .. Segments, .. Carts, TriggerCatalogue.OrderFulfilled, TriggerCatalogue.CustomEvent], Actions = Codes },
        new("klaviyo", "Klaviyo") { Triggers = [TriggerCatalogue.Manual, .. Segments, .. Carts, TriggerCatalogue.CustomEvent, TriggerCatalogue.Published], Actions = Codes },
        new("intercom", "Intercom") { Actions = Codes },
        new("activecampaign", "ActiveCampaign") { Actions = Codes },
        new("batch", "Batch") { Actions = Codes },
        new("shopify", "Shopify") { Actions = Codes },
    ];

    /// <summary>The row of a channel; null where it has none.</summary>
    public static ChannelRow? Find(string? channel) => All.FirstOrDefault(row => row.Type == channel);

    /// <summary>Whether a channel carries an action of a trigger.</summary>
    public static bool Carries(string channel, string trigger, string action) => Find(channel)?.Carries(trigger, action) is not false;
}

/// <summary>What a channel carries.</summary>
/// <param name="Type">The type of the channel.</param>
/// <param name="Label">What a builder calls it.</param>
public sealed record ChannelRow(string Type, string Label)
{
    /// <summary>Whether a message goes to an address of the customer. Frequency caps and quiet hours are about these.</summary>
    public bool WritesToAddress { get; init; }

    /// <summary>Types of the triggers that it goes with; null for all.</summary>
    public IReadOnlyList<string>? Triggers { get; init; }

    /// <summary>Types of the actions that it carries; null for all.</summary>
    public IReadOnlyList<string>? Actions { get; init; }

    /// <summary>What it does not carry all the same: the product has no event to put into a manual plain webhook.</summary>
    public IReadOnlyList<(string Trigger, string Action)> Except { get; init; } = [];

    /// <summary>Whether it carries an action of a trigger.</summary>
    public bool Carries(string trigger, string action) =>
        Triggers?.Contains(trigger) is not false && Actions?.Contains(action) is not false && !Except.Contains((trigger, action));
}
