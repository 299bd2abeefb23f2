using System.Text.Json;
using Marketing.Storage;

namespace Marketing.Distributions;

/// <summary>Between a distribution's view and its row.</summary>
internal static class DistributionRowMapping
{
    /// <summary>The row's status of a distribution whose messages are still being deleted; lists leave it out.</summary>
    public const string Deleted = "deleted";

    public static DistributionRow Row(int project, Distribution view, bool deleted) => new()
    {
        Number = view.Number,
        Project = project,
        Id = view.Id,
        Name = deleted ? null : view.Draft.Name,
        Type = view.Draft.Type,
        Status = deleted ? Deleted : view.Status,
        TriggerType = view.Draft.Trigger?.Type,
        Channels = [.. view.Draft.Channels.Select(channel => channel.Type).OfType<string>()],
        Subject = view.Draft.Channels.Select(channel => channel.Template?.Subject).FirstOrDefault(subject => subject is not null),
        CreatedAt = view.CreatedAt,
        UpdatedAt = view.UpdatedAt,
        Document = JsonSerializer.SerializeToUtf8Bytes(view, WireJson.Options),
    };

    public static Distribution View(DistributionRow row) => JsonSerializer.Deserialize<Distribution>(row.Document, WireJson.Options)!;

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
