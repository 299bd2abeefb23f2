using System.Globalization;
using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Filters;
using Marketing.Json;
using Marketing.Projects;
using Marketing.Shapes;
using Marketing.Storage;
using Marketing.Validity;

namespace Marketing.Vouchers;

/// <summary>The codes and cards that a customer was given, as the customer's redeemables.</summary>
internal sealed class HeldVouchers(ITableStore<HolderRow> holders, ITableStore<VoucherRow> vouchers, VoucherReads reads, ICustomerStore customers, TimeProvider clock)
{
    private const string Prefix = "rh_";

    private static readonly FilterSubject Subject = new(new Shape("redeemable", "What a customer was given")
    {
        Fields = [.. Fields.Texts("id", "redeemable_id", "redeemable_object", "customer_id", "holder_role", "campaign_id", "campaign_type", "voucher_type"), Fields.Date("created_at")],
    });

    /// <summary>A page of them; null where there is no such customer.</summary>
    public async Task<HeldPage?> ListAsync(CatalogueSnapshot catalogue, HeldQuery query)
    {
        var project = catalogue.Project;
        if (await customers.LoadAsync(project, query.CustomerId) is not { } person)
        {
            return null;
        }

        var all = await holders.FindManyAsync(project, HolderTable.Customer, [person.Number], HeldQuery.Most);
        if (query.Filters is { } given)
        {
            var (filter, problems) = ListFilter.Parse(given, Subject, catalogue.Section<ProjectSection>().Calendar);
            if (filter is null || all.Count > FilteredPages.Most)
            {
                return new HeldPage([], 0, null) { Problems = filter is null ? problems : [FilteredPages.TooMany("codes and cards of a customer")] };
            }

            var rows = (await vouchers.FindManyAsync(project, [.. all.Select(static holder => holder.Number)])).ToDictionary(static row => row.Number);
            var (campaigns, asked) = (catalogue.Section<CampaignSection>(), clock.GetUtcNow());
            all = [.. all.Where(holder => rows.TryGetValue(holder.Number, out var row) && filter.Meets(Brief(holder, row, campaigns.Find(row.Campaign), person.Id), asked))];
        }

        IEnumerable<HolderRow> ordered = query.Descending ? all.Reverse() : all;
        var after = query.StartingAfter is { } id && id.StartsWith(Prefix, StringComparison.Ordinal)
            && long.TryParse(id.AsSpan(Prefix.Length), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number) ? number : (long?)null;
        var rest = ordered.Where(holder => after is null || (query.Descending ? holder.Number < after : holder.Number > after)).Take(query.Limit + 1).ToList();
        var page = rest.Take(query.Limit).ToList();
        var views = page.Count == 0 ? [] : (await reads.ViewAsync(catalogue, await vouchers.FindManyAsync(project, [.. page.Select(static holder => holder.Number)]))).ToDictionary(static view => view.Row.Number);
        var (calendar, now) = (catalogue.Section<ProjectSection>().Calendar, clock.GetUtcNow());

        // One that was deleted is not to be redeemed.
        return new HeldPage(
            [.. page.Where(holder => views.ContainsKey(holder.Number)).Select(holder => Write(holder, views[holder.Number], person.Id, StatusOf(views[holder.Number], calendar, now)))],
            all.Count,
            rest.Count > query.Limit ? IdOf(page[^1]) : null);
    }

    /// <summary>The cards and codes of a campaign that a customer holds and that are not disabled and not over, the first that was made first.</summary>
    /// <param name="catalogue">The project's.</param>
    /// <param name="campaign">Number of the campaign.</param>
    /// <param name="customer">Number of the customer.</param>
    public async Task<IReadOnlyList<VoucherView>> OfCampaignAsync(CatalogueSnapshot catalogue, long campaign, long customer)
    {
        var held = await holders.FindManyAsync(catalogue.Project, HolderTable.Customer, [customer], HeldQuery.Most);
        var rows = held.Count == 0 ? [] : await vouchers.FindManyAsync(catalogue.Project, [.. held.Select(static holder => holder.Number)]);
        var (calendar, now) = (catalogue.Section<ProjectSection>().Calendar, clock.GetUtcNow());
        var views = await reads.ViewAsync(catalogue, [.. rows.Where(row => row.Campaign == campaign).OrderBy(static row => row.Number)]);
        return [.. views.Where(view => StatusOf(view, calendar, now) is not ("DISABLED" or "EXPIRED"))];
    }

    private static string IdOf(HolderRow holder) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{holder.Number:x16}");

    private static string StatusOf(VoucherView voucher, FilterSettings calendar, DateTimeOffset now) =>
        !voucher.Row.IsActive || voucher.Campaign is { Row.IsActive: false } or { IsDeleted: true } ? "DISABLED"
        : voucher.Validity.At(now, calendar) switch
        {
            ValidityState.NotYet => "NOT_ACTIVE_YET",
            ValidityState.Over => "EXPIRED",
            _ => voucher.Quantity <= voucher.Redeemed ? "USED" : voucher.Row.Type == VoucherTypes.Gift && voucher.Balance <= 0 || voucher.Row.Type == VoucherTypes.Loyalty && voucher.CardOrNew.Balance <= 0 ? "NO_BALANCE" : "ACTIVE",
        };

    private static ReadOnlySpan<byte> Brief(HolderRow holder, VoucherRow voucher, CampaignEntry? campaign, string customer) => WrittenJson.Of(json =>
    {
        json.WriteStartObject();
        WriteBrief(holder, voucher, campaign, customer, json);
        json.WriteEndObject();
    }).Utf8.Span;

    private static void WriteBrief(HolderRow holder, VoucherRow voucher, CampaignEntry? campaign, string customer, Utf8JsonWriter json)
    {
        json.WriteString("id"u8, IdOf(holder));
        json.WriteString("created_at"u8, WireJson.Text(holder.At));
        json.WriteString("redeemable_id"u8, voucher.Id);
        json.WriteString("redeemable_object"u8, "voucher"u8);
        json.WriteString("customer_id"u8, customer);
        json.WriteString("holder_role"u8, campaign?.IsReferral is true ? "REFERRER"u8 : "OWNER"u8);
        json.WriteString("campaign_id"u8, campaign?.Id);
        json.WriteString("campaign_type"u8, campaign?.Row.CampaignType);
        json.WriteString("voucher_type"u8, voucher.Type);
    }

    private static RawJson Write(HolderRow holder, VoucherView voucher, string customer, string status) => WrittenJson.Of(
        json =>
        {
            json.WriteStartObject();
            WriteBrief(holder, voucher.Row, voucher.Campaign, customer, json);
            json.WriteStartObject("redeemable"u8);
            json.WriteString("type"u8, "voucher"u8);
            json.WritePropertyName("voucher"u8);
            VoucherShape.Write(voucher, json);
            json.WriteString("status"u8, status);
            json.WriteEndObject();
            json.WriteEndObject();
        },
        1_024);
}
