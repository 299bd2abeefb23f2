using Marketing.Channels.Webhooks;

namespace Marketing.Webhooks;

/// <summary>What a webhook may be, and how it changes. Pure.</summary>
internal static class SubscriptionRules
{
    private const int LongestUrl = 2_048;
    private const int MostEvents = 200;

    public static IReadOnlyList<FieldProblem> ProblemsOf(WebhookDraft draft, bool isNew, bool allowPrivateNetworks)
    {
        var problems = new List<FieldProblem>();
        if (draft.TargetUrl is not null || isNew)
        {
            var why = draft.TargetUrl?.Length > LongestUrl ? $"must NOT have more than {LongestUrl} characters" : WebhookTarget.WhyNot(draft.TargetUrl, allowPrivateNetworks, out _);
            if (why is not null)
            {
                problems.Add(new FieldProblem("target_url", why));
            }
        }

        if (draft.Events is null)
        {
            if (isNew)
            {
                problems.Add(new FieldProblem("events", "is required"));
            }

            return problems;
        }

        if (draft.Events.Count is 0 or > MostEvents)
        {
            problems.Add(new FieldProblem("events", $"must have 1 to {MostEvents} items"));
            return problems;
        }

        problems.AddRange(draft.Events.Index().Where(static given => WebhookEvents.Find(given.Item) is null)
            .Select(static given => new FieldProblem($"events[{given.Index}]", $"is no type of event{MeantBy(given.Item)}")));
        return problems;
    }

    private static string MeantBy(string given) =>
        Spelling.Nearest(given, WebhookEvents.Posted.Concat(WebhookEvents.OfTheProduct)) is { } near ? $"; did you mean '{near}'?" : "";

    /// <summary>The row with what is given; the same where that is nothing new.</summary>
    public static WebhookRow Changed(WebhookRow present, WebhookDraft draft, DateTimeOffset now)
    {
        var row = present with
        {
            TargetUrl = draft.TargetUrl ?? present.TargetUrl,
            Events = draft.Events is { } events ? Joined(events) : present.Events,
            IsActive = draft.IsActive ?? present.IsActive,
        };
        if (draft.IsActive is not null && row.IsActive != present.IsActive)
        {
            // By whom it was disabled before is of no interest any more.
            row = row with { DisabledReason = null, DisabledAt = null };
        }

        return row == present ? present : row with { UpdatedAt = now };
    }

    /// <summary>Disabled by itself; one that is already stays as it is.</summary>
    public static WebhookRow Disabled(WebhookRow present, string reason, DateTimeOffset now) =>
        present.IsActive ? present with { IsActive = false, DisabledReason = reason, DisabledAt = now, UpdatedAt = now } : present;

    /// <summary>As it is stored: each type once.</summary>
    public static string Joined(IReadOnlyList<string> events) => string.Join(',', events.Distinct(StringComparer.Ordinal));
}
