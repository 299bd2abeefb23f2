using Marketing.Campaigns;
using Marketing.Http;
using Marketing.ValidationRules;
using Marketing.Validity;

namespace Marketing.Vouchers;

/// <summary>Reads vouchers.</summary>
internal static class VoucherReader
{
    /// <summary>A new voucher, under a code that stands in the path or in the body, or one that is made.</summary>
    public static VoucherCommand Create(Payload body, string? code = null) => Change(body) with
    {
        Code = code ?? Code(body),
        CodeConfig = CampaignReader.CodeConfig(body),
        Campaign = body.Identifier("campaign_id") ?? body.Identifier("campaign"),
        Type = body.OneOf("type", "DISCOUNT_VOUCHER", "GIFT_VOUCHER", "LOYALTY_CARD"),
        ValidationRules = body.Texts("validation_rules", ValidationRuleLimits.RulesOfObject, TextLimits.Id) ?? [],
    };

    /// <summary>What is to be different.</summary>
    public static VoucherCommand Change(Payload body) => new()
    {
        Fields = Fields(body).Fields,
        Metadata = body.RawObject("metadata"),
        Active = body.Flag("active"),
    };

    /// <summary>What is said of each of many codes that are made alike, metadata among it.</summary>
    public static RawJson OfEach(Payload body) => Fields(body).Object("metadata", TextLimits.RawBytes).Fields;

    public static string? Code(Payload body) => body.Line("code", VoucherLimits.Code) switch
    {
        null => null,
        var code when code.Trim().Length > 0 => code,
        _ => throw body.Refuse(".code", "must NOT be blank"),
    };

    private static FieldsReader Fields(Payload body) => new FieldsReader(body).Worth().Redemption().Validity()
        .Text("additional_info", TextLimits.Description)
        .Line("category", TextLimits.Name).Line("category_id", TextLimits.Id);
}
