using Marketing.Templates;

namespace Marketing.Channels;

/// <summary>What the templates of a message can print.</summary>
internal static class MessageModel
{
    private const string UnsubscribeUrl = "unsubscribe_url";

    // The page of preferences is opened by what unsubscribes.
    private static readonly DerivedRoot PreferencesUrl = new(
        UnsubscribeUrl, static url => url is string text && text.LastIndexOf("/u/", StringComparison.Ordinal) is >= 0 and var at ? $"{text.AsSpan(0, at)}/p/{text.AsSpan(at + 3)}" : null);

    /// <summary>The customer as stored now, the data of the trigger, and what the engine adds.</summary>
    public static TemplateModel Of(OutboundMessage message)
    {
        var model = new TemplateModel(message.Recipient.Document, message.Trigger.Data, message.TimeZone)
            .With("distribution", new Dictionary<string, object?> { ["id"] = message.DistributionId, ["name"] = message.DistributionName })
            .With("project", new Dictionary<string, object?> { ["id"] = message.ProjectId })
            .With(UnsubscribeUrl, message.UnsubscribeUrl)
            .With("preferences_url", PreferencesUrl);

        // Triggers that carry no event object of their own still tell which event it was.
        return model.TryGetRoot("event", out _) ? model : model.With("event", new Dictionary<string, object?>
        {
            ["id"] = message.Trigger.EventId,
            ["type"] = message.Trigger.Type,
            ["created_at"] = WireJson.Text(message.Trigger.CreatedAt),
        });
    }
}
