using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Publications;

/// <summary>Reads publications with the customers and vouchers they show.</summary>
internal sealed class PublicationReads(ITableStore<VoucherRow> vouchers, VoucherReads voucherReads, ICustomerStore customers)
{
    public async Task<RawJson> ShowAsync(CatalogueSnapshot catalogue, PublicationRow row) => (await ShowAsync(catalogue, [row]))[0];

    /// <summary>Some of them, in their order.</summary>
    public async Task<IReadOnlyList<RawJson>> ShowAsync(CatalogueSnapshot catalogue, IReadOnlyList<PublicationRow> rows)
    {
        var people = rows.Count == 0 ? [] : (await customers.LoadManyAsync(catalogue.Project, [.. rows.Select(static row => row.Customer).Distinct()])).ToDictionary(static row => row.Number);
        long[] single = [.. rows.Select(static row => row.Voucher).OfType<long>().Distinct()];
        var found = single.Length == 0 ? [] : await vouchers.FindManyAsync(catalogue.Project, single);
        var views = (await voucherReads.ViewAsync(catalogue, found)).ToDictionary(static view => view.Row.Number);
        return [.. rows.Select(row => PublicationShape.Write(row, people.GetValueOrDefault(row.Customer), row.Voucher is { } number && views.TryGetValue(number, out var view) ? [view] : []))];
    }
}
