using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.AsyncActions;

namespace Marketing.Vouchers.Imports;

/// <summary>What cells of a file say of a voucher.</summary>
internal static class VoucherCells
{
    /// <summary>The columns there are.</summary>
    public static readonly IReadOnlyList<string> Known =
    [
        "Code", "Voucher Type", "Value", "Discount Type", "Start Date", "Expiration Date", "Redemption Limit", "Active", "Additional Info", "Category",
    ];

    /// <summary>What a row says of a voucher, or what is wrong with it.</summary>
    /// <param name="file">At the row.</param>
    /// <param name="isOthers">Which columns somebody else reads.</param>
    public static (VoucherCommand? Row, ImportProblem? Problem) Read(CsvFile file, Func<string, bool>? isOthers = null)
    {
        var fields = new JsonObject();
        var others = new List<(string Column, string Cell)>();
        string? code = null, type = null, discount = null, value = null, problem = null, column = null;
        bool? active = null;
        for (var at = 0; at < file.Header.Names.Count; at++)
        {
            var (name, text) = (file.Header.Names[at], file.Fields[at]);
            if (name.Length == 0 || text.Length == 0 || isOthers?.Invoke(name) == true)
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

    /// <summary>Whether a column is one of them, in whatever spelling.</summary>
    public static bool IsKnown(string name) => Known.Any(known => Canonical(known) == Canonical(name));

    /// <summary>A name of a column without what is spelled in several ways.</summary>
    public static string Canonical(string name) => name.Replace(" ", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

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
}
