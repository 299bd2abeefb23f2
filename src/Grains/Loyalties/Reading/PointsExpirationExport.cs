using System.Globalization;
using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Exports;
using Marketing.Json;
using Marketing.Shapes;
using Marketing.Storage;
using Marketing.Vouchers;
using static Marketing.Shapes.Fields;

namespace Marketing.Loyalties;

/// <summary>Points by when they end, in exports: card by card as the cards were made. What has expired or was spent is in the transactions.</summary>
internal sealed class PointsExpirationExport(ITableStore<VoucherRow> vouchers, ITableStore<MemberRow> members, Catalogues catalogues) : IExportSource
{
    public string Name => "points_expiration";

    public IReadOnlyList<ExportField> Fields { get; } = [Of("id"), Of("campaign_id"), Of("voucher_id"), Of("points"), Of("status"), Of("expires_at")];

    public IReadOnlyList<string> Usual { get; } = ["id", "campaign_id", "voucher_id", "points", "status", "expires_at"];

    public IReadOnlyList<string> Orders { get; } = ["expires_at"];

    public string? WalkedIn => null;

    public Shape Shape { get; } = new("points_expiration", "Points of a card that end on one day") { Fields = [.. Texts("id", "campaign_id", "voucher_id", "status"), Number("points"), Date("expires_at")] };

    public Func<ExportItem, RawJson?>? Metadata => null;

    public async Task<ExportPage> WalkAsync(int project, string? after, int limit)
    {
        var rows = await vouchers.WalkAsync(project, TableWalk.Read(after), limit);
        var campaigns = (await catalogues.GetAsync(project)).Section<CampaignSection>();
        var cards = await members.FindManyAsync(project, [.. rows.Where(static row => row.Type == VoucherTypes.Loyalty).Select(static row => row.Number)]);
        var items = cards.OrderBy(static card => card.Number).SelectMany(card => MemberState.Read(card.Document).Buckets.Select(bucket => ItemOf(card, campaigns.Find(card.Campaign)?.Id, bucket)));
        return new ExportPage([.. items], rows.Count == limit ? TableWalk.Write(rows[^1].CreatedAt, rows[^1].Number) : null);
    }

    private static ExportItem ItemOf(MemberRow card, string? campaign, PointsBucket bucket)
    {
        var json = WrittenJson.Of(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, bucket.Id);
            writer.WriteString("campaign_id"u8, campaign);
            writer.WriteString("voucher_id"u8, card.Id);
            writer.WriteNumber("points"u8, bucket.Points);
            writer.WriteString("status"u8, "ACTIVE"u8);
            writer.WriteString("expires_at"u8, bucket.Ends is { } day ? LoyaltyJson.Day(day) : null);
            writer.WriteEndObject();
        });
        return new ExportItem(json.Utf8.ToArray(), new BucketShown(json.ToElement()));
    }

    private static ExportField Of(string name) => new(name, item => ((BucketShown)item.Row).Json.GetProperty(name) is var value && value.ValueKind == JsonValueKind.Number
        ? value.GetInt64().ToString(CultureInfo.InvariantCulture)
        : value.GetString());

    private sealed record BucketShown(JsonElement Json);
}
