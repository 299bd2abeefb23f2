using Marketing.Catalogue;
using Marketing.ValidationRules;

namespace Marketing.Vouchers;

/// <summary>Vouchers that rules are assigned to, by code or id.</summary>
internal sealed class VoucherRuleTarget(VoucherReads reads, Catalogues catalogues) : IRuleTarget
{
    public const string Kind = "voucher";

    public string Type => Kind;

    public async Task<string?> FindIdAsync(int project, string reference) => (await reads.FindRowAsync(await catalogues.GetAsync(project), reference))?.Id;
}
