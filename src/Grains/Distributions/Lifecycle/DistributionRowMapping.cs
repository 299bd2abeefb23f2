using System.Text.Json;

namespace Marketing.Distributions;

/// <summary>Between a distribution's view and its row.</summary>
internal static class DistributionRowMapping
{
    /// <summary>The row's status of a distribution whose messages are still being deleted; lists leave it out.</summary>
    public const string Deleted = "deleted";

    public static DistributionRow Row(int project, Distribution view, DistributionState state, long revision) => new()
    {
        Number = view.Number,
        Project = project,
        Id = view.Id,
        Name = state.Deleted ? null : view.Draft.Name,
        Type = view.Draft.Type,
        Status = state.Deleted ? Deleted : state.Unread?.Status ?? view.Status,
        TriggerType = view.Draft.Trigger?.Type,
        Channels = [.. view.Draft.Channels.Select(channel => channel.Type).OfType<string>()],
        Subject = view.Draft.Channels.Select(channel => channel.Template?.Subject).FirstOrDefault(subject => subject is not null),
        CreatedAt = view.CreatedAt,
        UpdatedAt = view.UpdatedAt,
        Document = state.Unread?.Document ?? JsonSerializer.SerializeToUtf8Bytes(view, WireJson.Options),
        Summary = state.Unread is null ? JsonSerializer.SerializeToUtf8Bytes(WithoutTemplates(view), WireJson.Options) : null,
        Revision = revision,
        State = state.Unread is { } unread ? unread.State : JsonSerializer.SerializeToUtf8Bytes(state, WireJson.Options),
        Unfinished = state.WorkAt(view) is not null,
        WorkAt = state.WorkAt(view),
    };

    /// <summary>What the grain knows, from its row; what rows of an earlier version do not have is as that version left it.</summary>
    public static DistributionState State(DistributionRow row, DistributionState earlier)
    {
        var (view, unread) = UnreadDistribution.Read(row);
        var state = unread is not null ? new DistributionState { CancelPending = unread.Status == DistributionStatuses.Stopped && row.Unfinished }
            : row.State is null ? earlier : JsonSerializer.Deserialize<DistributionState>(row.State, WireJson.Options)!;
        (state.View, state.Unread) = (view, unread);
        state.Deleted = row.Status == Deleted;
        return state;
    }

    public static Distribution View(DistributionRow row) => UnreadDistribution.Read(row).View;

    private static Distribution WithoutTemplates(Distribution view) =>
        view with { Draft = view.Draft with { Channels = [.. view.Draft.Channels.Select(static channel => channel with { Template = null })] } };

    public static MessageCounts Sum(IEnumerable<MessageCounts> counts) => counts.Aggregate(new MessageCounts(), (sum, next) => new MessageCounts
    {
        Audience = sum.Audience + next.Audience,
        Queued = sum.Queued + next.Queued,
        Retrying = sum.Retrying + next.Retrying,
        Sending = sum.Sending + next.Sending,
        Sent = sum.Sent + next.Sent,
        Failed = sum.Failed + next.Failed,
        Skipped = sum.Skipped + next.Skipped,
        Canceled = sum.Canceled + next.Canceled,
        Recovered = sum.Recovered + next.Recovered,
        Uncertain = sum.Uncertain + next.Uncertain,
    });
}
