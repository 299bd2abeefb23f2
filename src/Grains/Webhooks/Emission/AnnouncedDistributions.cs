using Marketing.Activity;
using Marketing.Catalogue;
using Marketing.Distributions;
using Marketing.Projects;
using Marketing.Storage;

namespace Marketing.Webhooks;

/// <summary>What happens to distributions as webhooks tell of it: the entries of their log, written with them.</summary>
internal sealed class AnnouncedDistributions(Catalogues catalogues, ProjectIds projects, WebhookSignals signals, INumbers numbers) : DistributionLogWatch
{
    public override async ValueTask<IReadOnlyList<RowWrite>> RowsAsync(int project, Distribution distribution, DistributionLogEntry entry)
    {
        // No guard matches it against the catalogue: what counts is what this silo has heard of, which is half a second old at the most.
        var listeners = (await catalogues.GetAsync(project)).Section<WebhookSection>().ListenersTo(entry.Type);
        if (listeners.Count == 0)
        {
            return [];
        }

        var announced = Of(distribution, entry);
        var projectId = await projects.OfAsync(project);
        var number = await numbers.NextRangeAsync(SendoutTable.Sendouts.Numbers, listeners.Count);
        return [.. listeners.Select(webhook => SendoutTable.Sendouts.Save(announced.OwedTo(webhook, projectId, number++)))];
    }

    public override void Saved(int project, IReadOnlyList<RowWrite> rows)
    {
        foreach (var row in rows.Select(static write => write.Row).OfType<SendoutRow>())
        {
            signals.Wake(project, row.Webhook);
        }
    }

    private static Announcement Of(Distribution distribution, DistributionLogEntry entry) => new(
        entry.Type, ObjectIds.New("evdis_"), distribution.Id, entry.At.AsStored(), null, "API", null, ActivityData.Write(json =>
        {
            json.WriteStartObject("distribution"u8);
            json.WriteString("id"u8, distribution.Id);
            json.WriteString("name"u8, distribution.Draft.Name);
            json.WriteString("type"u8, distribution.Draft.Type);
            json.WriteString("status"u8, distribution.Status);
            json.WriteString("status_reason"u8, distribution.StatusReason);
            json.WriteString("created_at"u8, WireJson.Text(distribution.CreatedAt));
            json.WriteString("updated_at"u8, distribution.UpdatedAt is { } updated ? WireJson.Text(updated) : null);
            json.WriteString("activated_at"u8, distribution.ActivatedAt is { } activated ? WireJson.Text(activated) : null);
            json.WriteString("object"u8, "distribution"u8);
            json.WriteEndObject();
            json.WriteString("detail"u8, entry.Detail);
        }));
}
