using System.Text.Json;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Exports;
using Marketing.Shapes;
using Marketing.Storage;

namespace Marketing.Vouchers.Exports;

/// <summary>Vouchers in exports.</summary>
internal sealed class VoucherExport(ITableStore<VoucherRow> store, VoucherReads reads, Catalogues catalogues) : IExportSource
{
    public string Name => "voucher";

    public IReadOnlyList<ExportField> Fields { get; } =
    [
        Text("code", voucher => voucher.Row.Code), Text("voucher_type", voucher => voucher.Row.Type), Text("value", ExportedVoucher.Worth),
        Text("formula", voucher => OfDiscount(voucher, $"{ExportedVoucher.WorthField(voucher)}_formula")), Text("discount_type", voucher => OfDiscount(voucher, "type")),
        Text("campaign", voucher => voucher.Campaign?.Name), Text("category", voucher => voucher.Category?.Name), Text("start_date", voucher => OfVoucher(voucher, "start_date")),
        Text("expiration_date", ExportedVoucher.End), Number("gift_balance", voucher => voucher.Row.Type == VoucherTypes.Gift ? voucher.Balance : null),
        Number("loyalty_balance", voucher => voucher.Row.Type == VoucherTypes.Loyalty ? voucher.CardOrNew.Balance : null), Number("redemption_quantity", voucher => voucher.Quantity), Number("redemption_count", voucher => voucher.Redeemed),
        Text("active", voucher => voucher.Row.IsActive ? "true" : "false"), Text("qr_code", voucher => voucher.Links?.Qr), Text("bar_code", voucher => voucher.Links?.Barcode),
        Text("id", voucher => voucher.Row.Id), Text("is_referral_code", voucher => voucher.Campaign?.IsReferral is true ? "true" : "false"), ExportFields<VoucherView>.Instant("created_at", voucher => voucher.Row.CreatedAt),
        ExportFields<VoucherView>.Instant("updated_at", voucher => voucher.Row.UpdatedAt),
        Text("validity_timeframe_interval", voucher => ExportedVoucher.TextOf(ExportedVoucher.Inner(voucher.Field("validity_timeframe"), "interval"))),
        Text("validity_timeframe_duration", voucher => ExportedVoucher.TextOf(ExportedVoucher.Inner(voucher.Field("validity_timeframe"), "duration"))),
        Text("validity_day_of_week", voucher => OfVoucher(voucher, "validity_day_of_week")), Text("discount_amount_limit", voucher => OfDiscount(voucher, "amount_limit")),
        Text("campaign_id", voucher => voucher.Campaign?.Id), Text("additional_info", voucher => OfVoucher(voucher, "additional_info")), Text("customer_id", voucher => voucher.HolderId),
        Text("discount_effect", voucher => ExportedVoucher.TextOf(ExportedVoucher.Inner(voucher.Field(VoucherTypes.WorthOf(voucher.Row.Type)), "effect"))),
        Text("discount_unit_type", voucher => OfDiscount(voucher, "unit_type")),
        Text("discount_unit_effect", voucher => OfDiscount(voucher, "type") == "UNIT" ? OfDiscount(voucher, "effect") : null),
        Text("validation_rules_id", voucher => voucher.Assignments.Count == 0 ? null : JsonSerializer.Serialize(voucher.Assignments.Select(static one => one.RuleId))),
        OfCard("loyalty_points", static card => card.Points), OfCard("loyalty_pending_points", static card => card.Pending), OfCard("loyalty_expired_points", static card => card.Expired),
        OfCard("loyalty_next_expiration_points", static card => card.NextExpirationPoints), Text("loyalty_next_expiration_date", voucher => voucher.Card?.NextExpiration),
        Text("loyalty_tier", voucher => voucher.Card?.Tier), Text("loyalty_tier_expiration_date", voucher => voucher.Card?.TierEnds),
        Text("customer_source_id", voucher => voucher.Person is { } person ? CustomerJson.Read(person.Document).SourceId : null),
    ];

    public IReadOnlyList<string> Usual { get; } = ["code", "voucher_type", "value", "discount_type"];

    public IReadOnlyList<string> Orders { get; } = ["created_at", "updated_at", "code"];

    public string? WalkedIn => "created_at";

    public Shape Shape => ExportedVoucher.Shape;

    public Func<ExportItem, RawJson?>? Metadata { get; } =
        item => ((VoucherView)item.Row).Field("metadata") is { ValueKind: JsonValueKind.Object } metadata ? RawJson.From(metadata) : null;

    public string Canonical(string field) => ExportedVoucher.Canonical(field);

    public async Task<ExportPage> WalkAsync(int project, string? after, int limit)
    {
        var rows = await store.WalkAsync(project, TableWalk.Read(after), limit);
        var views = await reads.ViewAsync(await catalogues.GetAsync(project), rows);
        return new ExportPage(
            [.. views.Select(view => new ExportItem(ExportedVoucher.Document(view), view))], rows.Count == limit ? TableWalk.Write(rows[^1].CreatedAt, rows[^1].Number) : null);
    }

    private static ExportField Text(string name, Func<VoucherView, string?> value) => ExportFields<VoucherView>.Text(name, value);

    private static ExportField Number(string name, Func<VoucherView, long?> value) => ExportFields<VoucherView>.Number(name, value);

    private static ExportField OfCard(string name, Func<CardFigures, long> value) => Number(name, voucher => voucher.Row.Type == VoucherTypes.Loyalty ? value(voucher.CardOrNew) : null);

    private static string? OfVoucher(VoucherView voucher, string field) => ExportedVoucher.TextOf(voucher.Field(field));

    private static string? OfDiscount(VoucherView voucher, string field) => ExportedVoucher.TextOf(ExportedVoucher.Inner(voucher.Field("discount"), field));
}
