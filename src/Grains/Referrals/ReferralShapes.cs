using Marketing.Activity;
using Marketing.Filters;
using Marketing.Shapes;
using static Marketing.Shapes.Fields;

namespace Marketing.Referrals;

/// <summary>What messages about referrals and filters of holders know.</summary>
internal static class ReferralShapes
{
    public static readonly Shape Referrer = new("referrer", "The customer who brought another")
    {
        Fields = [.. Texts("id", "source_id", "name", "email"), Keys("metadata", "The shop's own attributes of the customer"), Kind("customer")],
        Example = Raw("referrer", """{"id":"cust_example","source_id":"ann","name":"Ann Example","email":"ann@example.com","metadata":{},"object":"customer"}"""),
    };

    public static readonly Shape Tier = new("referral_tier", "What the reward of a referrer is for")
    {
        Fields = [.. Texts("id", "campaign_id", "banner")],
        Example = Raw("referral_tier", """{"id":"rft_example","campaign_id":"camp_example","banner":"For every friend"}"""),
    };

    /// <summary>What filters of holders are about.</summary>
    public static readonly FilterSubject Holder = new(new Shape("holder", "A holder of a referral code")
    {
        Fields = [.. Texts("id", "redeemable_id", "redeemable_object", "campaign_id", "campaign_type", "voucher_type", "customer_id", "holder_role"), Date("created_at"), Keys("metadata", "The shop's own attributes of it")],
    });

    private static Func<string?, DateTimeOffset, byte[]> Raw(string name, string json) => (_, _) => ActivityData.Write(writer =>
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(json);
    });
}
