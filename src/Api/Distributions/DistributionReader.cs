using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Http;

namespace Marketing.Distributions;

/// <summary>Reads a distribution out of a body. What is missing is no error here: drafts may be incomplete.</summary>
internal static class DistributionReader
{
    private const int MaxChannels = 20;
    private const int MaxType = 100;

    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(365);

    public static DistributionDraft Read(Payload body) => new()
    {
        Name = body.Line("name", TextLimits.Name),
        Type = body.OneOf("type", "manual", "automatic"),
        Trigger = body.Object("trigger") is { } trigger ? ReadTrigger(trigger) : null,
        Audience = body.Object("audience") is { } audience ? ReadAudience(audience) : null,
        Action = body.Object("action") is { } action ? ReadAction(action) : null,
        Channels = [.. (body.List("channels", MaxChannels) ?? []).Select(channel => ReadChannel(channel.AsObject()))],
        StartsAt = body.Instant("starts_at"),
        EndsAt = body.Instant("ends_at"),
        Delay = body.Duration("delay", MaxDelay),
        Uncertain = body.OneOf("uncertain", "resend", "hold"),
        MaxLateness = body.Duration("max_lateness", MaxDelay),
        Transactional = body.Flag("transactional") ?? false,
        ExitWhen = body.Texts("exit_when", ExitConditions.All.Count, MaxType) ?? [],
        Tracking = body.Object("tracking") is { } tracking ? new TrackingDefinition { Opens = tracking.Flag("opens") ?? false, Clicks = tracking.Flag("clicks") ?? false } : null,
        Topic = body.Identifier("topic"),
    };

    /// <summary>A customer named by text, or by an object with an id or source id.</summary>
    public static string? ReadCustomer(Payload body, string name) => body.Any(name) switch
    {
        null => null,
        { IsText: true } => body.Identifier(name),
        { IsObject: true } customer => customer.Identifier("id") ?? customer.Identifier("source_id") ?? throw customer.Missing("id"),
        _ => throw body.Refuse($".{name}", "must be string or object"),
    };

    private static TriggerDefinition ReadTrigger(Payload trigger) => new()
    {
        Type = trigger.Line("type", MaxType),
        SegmentId = trigger.Identifier("segment_id"),
        CampaignId = trigger.Identifier("campaign_id"),
        CustomEvent = trigger.Line("custom_event", TextLimits.Name),
        LoyaltyTierId = trigger.Identifier("loyalty_tier_id"),
        ValidationRuleId = trigger.Identifier("validation_rule_id"),
        Days = (int?)trigger.Integer("days", max: int.MaxValue),
        Points = trigger.Integer("points"),
        IncludeCurrentMembers = trigger.Flag("include_current_members") ?? false,
    };

    private static AudienceDefinition ReadAudience(Payload audience) => new()
    {
        Customer = ReadCustomer(audience, "customer"),
        SegmentId = audience.Identifier("segment_id"),
    };

    private static ActionDefinition ReadAction(Payload action) => new()
    {
        Type = action.Line("type", MaxType),
        CampaignId = action.Identifier("campaign_id"),
        PromotionTierId = action.Identifier("promotion_tier_id"),
    };

    private static ChannelDefinition ReadChannel(Payload channel) => new()
    {
        Type = channel.Line("type", MaxType),
        Connection = channel.Identifier("connection"),
        Template = channel.Object("template") is { } template ? TemplateReader.Read(template) : null,
    };
}
