using System.Text;
using System.Text.Json;
using Marketing.Catalogue;
using Marketing.Channels;

namespace Marketing.Distributions;

/// <summary>
/// What is stored of a distribution where it is not understood, as after an upgrade or in a damaged row: untouched until somebody writes it anew, and why.
/// </summary>
/// <param name="Status">The status it was stored with.</param>
/// <param name="Document">The bytes of the document.</param>
/// <param name="State">The bytes of what the grain remembered.</param>
/// <param name="Reason">In words for people.</param>
internal sealed record UnreadDistribution(string Status, byte[] Document, byte[]? State, string Reason)
{
    /// <summary>The distribution as shown: of one that is not understood, what the columns of its row say.</summary>
    public static (Distribution View, UnreadDistribution? Unread) Read(DistributionRow row)
    {
        var view = Parse<Distribution>(row.Document, out var reason);
        reason ??= WhyNot(view, row.Status);
        if (reason is null && row.State is not null)
        {
            Parse<DistributionState>(row.State, out reason);
        }

        return reason is null ? (view!, null) : (OfColumns(row, reason), new UnreadDistribution(row.Status, row.Document, row.State, reason));
    }

    /// <summary>Whether an object's id stands in the document.</summary>
    public bool Names(string id) => Document.AsSpan().IndexOf(Encoding.UTF8.GetBytes($"\"{id}\"")) >= 0;

    private static T? Parse<T>(byte[] json, out string? reason)
        where T : class
    {
        reason = null;
        try
        {
            var value = JsonSerializer.Deserialize<T>(json, WireJson.Options);
            reason = value is null ? "it is empty" : null;
            return value;
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException)
        {
            reason = failure.Message;
            return null;
        }
    }

    // What a parser lets pass, and lanes and lists would stumble over.
    private static string? WhyNot(Distribution? view, string status) => view switch
    {
        { Draft: null } => "it has no definition",
        { Draft.Channels: null } => "it has no channels",
        { Draft.Channels: { } channels } when channels.Any(channel => channel is null) => "one of its channels is empty",
        { Draft: var draft } when status != DistributionStatuses.Draft && (draft.Trigger?.Type is null || draft.Channels.Any(channel => channel.Type is null)) =>
            "it has no trigger, or a channel without a type",
        _ => null,
    };

    private static Distribution OfColumns(DistributionRow row, string reason) => new()
    {
        Id = row.Id,
        Number = row.Number,
        Status = DistributionStatuses.Unreadable,
        StatusReason = $"What is stored is not understood: {reason}",
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
        Draft = new DistributionDraft
        {
            Name = row.Name,
            Type = row.Type,
            Trigger = row.TriggerType is null ? null : new TriggerDefinition { Type = row.TriggerType },
            Channels = [.. row.Channels.Select((type, place) => new ChannelDefinition
            {
                Type = type,
                Template = place == 0 && row.Subject is not null ? new ChannelTemplate { Subject = row.Subject } : null,
            })],
        },
    };
}
