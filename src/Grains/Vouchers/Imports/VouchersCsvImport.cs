using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.AsyncActions;
using Marketing.MetadataSchemas;

namespace Marketing.Vouchers.Imports;

/// <summary>
/// New vouchers from a file. Columns: Code, Voucher Type, Value in the unit of the type (percent, or minor units), Discount Type, Start Date, Expiration Date, Redemption Limit, Active, Additional Info, Category; every other column becomes
/// metadata. In a campaign the worth is the campaign's.
/// </summary>
internal class VouchersCsvImport(VoucherRows vouchers, MetadataCheck metadata) : CsvImport<VoucherCommand>
{
    private static readonly string[] Known =
    [
        "Code", "Voucher Type", "Value", "Discount Type", "Start Date", "Expiration Date", "Redemption Limit", "Active", "Additional Info", "Category",
    ];

    public override string Type => VoucherJobs.ImportCsv;

    public override string Imported => "voucher";

    /// <summary>The campaign that rows are of; null for none.</summary>
    protected virtual string? CampaignOf(ImportJob job) => null;

    protected override CsvFile Open(byte[] file) => new(file, Known, IsKnown);

    protected override ValueTask<MetadataCells> CellsAsync(int project) => metadata.CellsOfAsync(project, "voucher");

    protected override (VoucherCommand? Row, ImportProblem? Problem) Read(CsvFile file)
    {
        var fields = new JsonObject();
        var others = new List<(string Column, string Cell)>();
        string? code = null, type = null, discount = null, value = null, problem = null, column = null;
        bool? active = null;
        for (var at = 0; at < file.Header.Names.Count; at++)
        {
            var (name, text) = (file.Header.Names[at], file.Fields[at]);
            if (name.Length == 0 || text.Length == 0)
            {
                continue;
            }

            switch (Canonical(name))
            {
                case "code" when text.Length <= VoucherLimits.Code && !text.Any(char.IsControl):
                    code = text;
                    break;
                case "vouchertype":
                    type = text.ToUpperInvariant();
                    break;
                case "value":
                    value = text;
                    break;
                case "discounttype":
                    discount = text.ToUpperInvariant();
                    break;
                case "startdate" or "expirationdate" when IsDate(text):
                    fields[Canonical(name) == "startdate" ? "start_date" : "expiration_date"] = text;
                    break;
                case "redemptionlimit" when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is > 0 and <= VoucherLimits.Quantity:
                    fields["redemption"] = new JsonObject { ["quantity"] = limit };
                    break;
                case "active" when bool.TryParse(text, out var given):
                    active = given;
                    break;
                case "additionalinfo":
                    fields["additional_info"] = text;
                    break;
                case "category":
                    fields["category"] = text;
                    break;
                case var known when Known.Any(other => Canonical(other) == known):
                    (problem, column) = (WhatItMustBe(known), name);
                    break;
                default:
                    others.Add((name, text));
                    break;
            }
        }

        problem ??= Worth(fields, type, discount, value);
        if (problem is not null)
        {
            return (null, new ImportProblem(file.Row, code, problem, column ?? "Value"));
        }

        return (new VoucherCommand
        {
            Code = code,
            Type = type,
            Active = active,
            Fields = new RawJson(JsonSerializer.SerializeToUtf8Bytes(fields, WireJson.Options)),
            Metadata = file.Cells.Read(others),
        }, null);
    }

    protected override Task SaveAsync(ImportJob job, IReadOnlyList<(long Number, VoucherCommand Row)> rows, List<ImportProblem> failures) =>
        vouchers.CreateAsync(job, [.. rows.Select(row => (row.Number, row.Row with { Campaign = CampaignOf(job) }))], failures);

    private static string? Worth(JsonObject fields, string? type, string? discount, string? value)
    {
        if (value is null)
        {
            return null;
        }

        if (!decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) || amount > VoucherLimits.Credits)
        {
            return "must be a number";
        }

        switch (type, discount)
        {
            case (VoucherTypes.Gift, _) when amount == decimal.Truncate(amount):
                fields["gift"] = new JsonObject { ["amount"] = (long)amount };
                return null;
            case (_, "PERCENT") when amount <= 100:
                fields["discount"] = new JsonObject { ["type"] = "PERCENT", ["percent_off"] = amount };
                return null;
            case (_, "AMOUNT") when amount == decimal.Truncate(amount):
                fields["discount"] = new JsonObject { ["type"] = "AMOUNT", ["amount_off"] = (long)amount };
                return null;
            default:
                return "needs a Voucher Type GIFT_VOUCHER, or a Discount Type PERCENT up to 100 or AMOUNT in minor units";
        }
    }

    private static string WhatItMustBe(string column) => column switch
    {
        "code" => $"must be at most {VoucherLimits.Code} characters, without control characters",
        "redemptionlimit" => "must be a whole number from 1 on",
        "active" => "must be true or false",
        _ => "must be an ISO 8601 date such as 2030-12-24",
    };

    private static bool IsDate(string text) =>
        DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    private static bool IsKnown(string name) => Known.Any(known => Canonical(known) == Canonical(name));

    private static string Canonical(string name) => name.Replace(" ", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}

/// <summary>The same for vouchers of a campaign, whose id begins the file on a line of its own.</summary>
internal sealed class CampaignVouchersCsvImport(VoucherRows vouchers, MetadataCheck metadata) : VouchersCsvImport(vouchers, metadata)
{
    public override string Type => VoucherJobs.CampaignImportCsv;

    protected override string? CampaignOf(ImportJob job) => CampaignFile.Read(job.Payload).Campaign;

    protected override CsvFile Open(byte[] file) => base.Open(CampaignFile.Read(file).Rows);
}

/// <summary>A file of codes together with the campaign they are for: its id, a line break, and the file as it was uploaded.</summary>
internal static class CampaignFile
{
    public static (string Campaign, byte[] Rows) Read(byte[] payload)
    {
        var end = payload.AsSpan().IndexOf((byte)'\n');
        return (System.Text.Encoding.UTF8.GetString(payload, 0, end), payload[(end + 1)..]);
    }
}
