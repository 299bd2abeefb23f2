using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Json;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Redemptions;

/// <summary>Shows redemptions with the objects that belong to them.</summary>
internal sealed class RedemptionReads(ITableStore<RedemptionRow> store, ITableStore<VoucherRow> voucherRows, VoucherReads vouchers, ICustomerStore customers)
{
    /// <summary>The answer to a request that made these rows.</summary>
    /// <param name="catalogue">The project's.</param>
    /// <param name="rows">The one, or the parent first.</param>
    /// <param name="known">Vouchers as they are after it; null to read them.</param>
    /// <param name="customer">The customer as it is after it; null to read it.</param>
    public async Task<RedemptionResult> ShowAsync(
        CatalogueSnapshot catalogue, IReadOnlyList<RedemptionRow> rows, IReadOnlyDictionary<long, VoucherView>? known, Customer? customer)
    {
        var first = rows[0];
        var document = RedemptionDocument.Of(first);
        if (first.Status == RedemptionStatus.Failed && document.FailureKey is { } key)
        {
            return new RedemptionResult.Refused(new RedemptionError(400, key, document.FailureMessage ?? "", document.FailureDetails)
            {
                ResourceId = first.Id,
                ResourceType = first.Kind == RedemptionKind.Rollback ? "redemption_rollback" : "redemption",
                ShopMessage = document.ShopMessage,
            });
        }

        var written = known is null ? await WriteAsync(catalogue, rows) : Write(catalogue, rows, known, rows.ToDictionary(static row => row.Number, _ => PersonOf(customer)));
        var isRollback = first.Kind == RedemptionKind.Rollback;
        var order = document.Order;
        return new RedemptionResult.Done(WrittenJson.Of(
            json =>
            {
                json.WriteStartObject();
                json.WriteStartArray(isRollback ? "rollbacks"u8 : "redemptions"u8);
                foreach (var one in written.Skip(rows.Count > 1 ? 1 : 0))
                {
                    json.WriteRawValue(one.Utf8.Span, skipInputValidation: true);
                }

                json.WriteEndArray();
                if (rows.Count > 1)
                {
                    json.WritePropertyName(isRollback ? "parent_rollback"u8 : "parent_redemption"u8);
                    json.WriteRawValue(written[0].Utf8.Span, skipInputValidation: true);
                }

                if (order is not null)
                {
                    json.WritePropertyName("order"u8);
                    json.WriteRawValue(order.Utf8.Span, skipInputValidation: true);
                }

                if (document.PassedOver is { } passedOver)
                {
                    foreach (var field in passedOver.ToElement().EnumerateObject())
                    {
                        field.WriteTo(json);
                    }
                }

                json.WriteEndObject();
            },
            4_096));
    }

    public async Task<IReadOnlyList<RawJson>> WriteAsync(CatalogueSnapshot catalogue, IReadOnlyList<RedemptionRow> rows)
    {
        long[] numbers = [.. rows.Select(static row => row.Voucher).OfType<long>().Distinct()];
        var views = numbers.Length == 0 ? [] : (await vouchers.ViewAsync(catalogue, await voucherRows.FindManyAsync(catalogue.Project, numbers))).ToDictionary(static view => view.Row.Number);
        long[] people = [.. rows.Select(static row => row.Customer).OfType<long>().Distinct()];
        var known = people.Length == 0 ? [] : (await customers.LoadManyAsync(catalogue.Project, people)).ToDictionary(static row => row.Number, static row => (row.Id, row.Document));
        return Write(catalogue, rows, views, rows.ToDictionary(
            static row => row.Number, row => row.Customer is { } number && known.TryGetValue(number, out var person) ? person : ((string Id, byte[] Document)?)null));
    }

    /// <summary>The redemptions of a code; null where there is none.</summary>
    public async Task<RawJson?> OfVoucherAsync(CatalogueSnapshot catalogue, string codeOrId, int limit, int page, CancellationToken cancellation)
    {
        if (await vouchers.FindRowAsync(catalogue, codeOrId) is not { } row)
        {
            return null;
        }

        var voucher = await vouchers.ViewAsync(catalogue, row);
        var entries = await store.ListAsync(catalogue.Project, new TableQuery("-created_at", limit, page) { Within = (RedemptionTable.Voucher, row.Number) }, cancellation);
        var written = await WriteAsync(catalogue, entries.Items);
        return WrittenJson.Of(json =>
        {
            json.WriteStartObject();
            if (voucher.Quantity is { } quantity)
            {
                json.WriteNumber("quantity"u8, quantity);
            }
            else
            {
                json.WriteNull("quantity"u8);
            }

            json.WriteNumber("redeemed_quantity"u8, voucher.Redeemed);
            json.WriteString("object"u8, "list"u8);
            json.WriteString("url"u8, $"/v1/vouchers/{Uri.EscapeDataString(row.Code)}/redemptions?page=1&limit=10");
            json.WriteString("data_ref"u8, "redemption_entries"u8);
            json.WriteNumber("total"u8, entries.Total);
            json.WriteStartArray("redemption_entries"u8);
            foreach (var entry in written)
            {
                json.WriteRawValue(entry.Utf8.Span, skipInputValidation: true);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static IReadOnlyList<RawJson> Write(
        CatalogueSnapshot catalogue, IReadOnlyList<RedemptionRow> rows, IReadOnlyDictionary<long, VoucherView> views, Dictionary<long, (string Id, byte[] Document)?> people) =>
        [.. rows.Select(row => RedemptionShape.Write(catalogue, row, RedemptionDocument.Of(row), people[row.Number], row.Voucher is { } number ? views.GetValueOrDefault(number) : null))];

    private static (string Id, byte[] Document)? PersonOf(Customer? customer) => customer is null or { Id: "" } ? null : (customer.Id, CustomerJson.Write(customer));
}
