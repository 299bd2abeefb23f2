using System.Text.Json;
using Marketing.Catalogue;
using Marketing.Discounts;
using Marketing.Projects;
using Marketing.Storage;
using Marketing.ValidationRules;
using Marketing.Validity;
using Marketing.Vouchers;

namespace Marketing.Redemptions;

/// <summary>Finds what is asked to be redeemed.</summary>
internal sealed class Redeemables(VoucherReads vouchers, ITableStore<SessionRow> sessions)
{
    /// <summary>Each with everything it is decided by, or why all are refused.</summary>
    /// <param name="catalogue">The project's.</param>
    /// <param name="asked">What is asked for.</param>
    /// <param name="session">Key of the session; null for none.</param>
    /// <param name="now">When.</param>
    public async Task<(IReadOnlyList<CaseRedeemable> Found, RedemptionError? Error)> FindAsync(
        CatalogueSnapshot catalogue, IReadOnlyList<RedeemableReference> asked, string? session, DateTimeOffset now)
    {
        var codes = asked.Where(static one => one.Type == RedeemableReference.Voucher).Select(static one => one.Id).Distinct(StringComparer.Ordinal).ToList();
        var rows = await vouchers.FindRowsAsync(catalogue, codes);
        var views = (await vouchers.ViewAsync(catalogue, [.. rows.Values.DistinctBy(static row => row.Number)])).ToDictionary(static view => view.Row.Number);
        var held = session is null || views.Count == 0
            ? []
            : (await sessions.FindManyAsync(catalogue.Project, [.. views.Values.Select(view => SessionRow.IdOf(catalogue.Project, session, view.Row.Id))])).ToDictionary(static row => row.Voucher);
        var calendar = catalogue.Section<ProjectSection>().Calendar;
        var found = new List<CaseRedeemable>(asked.Count);
        foreach (var one in asked)
        {
            found.Add(rows.TryGetValue(one.Id, out var row)
                ? OfVoucher(catalogue, one, views[row.Number], held.GetValueOrDefault(row.Number), Refusal(views[row.Number], calendar, now))
                : Missing(one));
        }

        return found.Select(static one => (one.Type, one.Id)).Distinct().Count() == found.Count
            ? (found, null)
            : ([], RedemptionErrors.Duplicated(found.GroupBy(static one => (one.Type, one.Id)).First(static same => same.Count() > 1).First().Reference));
    }

    private static CaseRedeemable Missing(RedeemableReference asked) => new()
    {
        Reference = asked.Id,
        Type = asked.Type,
        Id = asked.Id,
        Refusal = RedemptionErrors.NotFound(asked.Type, asked.Id),
    };

    private static CaseRedeemable OfVoucher(CatalogueSnapshot catalogue, RedeemableReference asked, VoucherView voucher, SessionRow? held, RedemptionError? refusal)
    {
        var rules = catalogue.ValidationRules;
        var gift = voucher.Field("gift");
        var isGift = voucher.Row.Type == VoucherTypes.Gift;
        return new CaseRedeemable
        {
            Reference = voucher.Row.Code,
            Type = RedeemableReference.Voucher,
            Id = voucher.Row.Id,
            AskedCredits = asked.Credits,
            Refusal = refusal,
            Voucher = voucher,
            Campaign = voucher.Campaign,
            Discount = isGift ? null : DiscountReader.Read(voucher.Field("discount"), "discount").Discount,
            CreditsEffect = isGift ? DiscountReader.ReadGiftEffect(gift, "gift").Effect : PlainEffect.ApplyToOrder,
            Metadata = voucher.Field("metadata"),
            Validity = voucher.Validity,
            Rules = voucher.Campaign is { } campaign ? [.. rules.Of("voucher", voucher.Row.Id), .. rules.Of("campaign", campaign.Id)] : rules.Of("voucher", voucher.Row.Id),
            Session = held,
            Held = held is null ? null : JsonSerializer.Deserialize<SessionDocument>(held.Document.Utf8.Span, WireJson.Options),
            Formulas = new FormulaData
            {
                Redeemable = voucher.Field("metadata"),
                RedemptionQuantity = voucher.Quantity,
                RedeemedQuantity = voucher.Redeemed,
                PublishCount = voucher.Holder is null ? 0 : 1,
                Start = voucher.Validity.Start,
                Expiration = voucher.Validity.End,
            },
        };
    }

    private static RedemptionError? Refusal(VoucherView voucher, Filters.FilterSettings calendar, DateTimeOffset now)
    {
        var code = voucher.Row.Code;
        if (voucher.Campaign is { IsDeleted: true })
        {
            return RedemptionErrors.NotFound("voucher", code);
        }

        if (!voucher.Row.IsActive)
        {
            return RedemptionErrors.VoucherDisabled(code);
        }

        if (voucher.Campaign is { Row.IsActive: false })
        {
            return RedemptionErrors.CampaignDisabled(code);
        }

        return voucher.Validity.At(now, calendar) switch
        {
            ValidityState.Holds => null,
            ValidityState.NotYet => RedemptionErrors.NotActiveYet(code),
            ValidityState.Over => RedemptionErrors.Expired(code),
            ValidityState.Paused => RedemptionErrors.NotActiveNow(code),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
