using Marketing.AsyncActions;
using Marketing.Customers;
using Marketing.Exports;
using Marketing.Shapes;
using Marketing.Storage;
using Marketing.ValidationRules;
using Marketing.Vouchers.Assets;
using Marketing.Vouchers.Credits;
using Marketing.Vouchers.Exports;
using Marketing.Vouchers.Generation;
using Marketing.Vouchers.Imports;
using Marketing.Vouchers.Pool;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Vouchers;

internal static class VoucherServices
{
    public static IServiceCollection AddVouchers(this IServiceCollection services) => services
        .AddTable(VoucherTable.Vouchers)
        .AddTable(HolderTable.Holders)
        .AddTable(CodeRangeTable.Ranges)
        .AddShape(VoucherShape.Voucher)
        .AddSingleton<VoucherReads>()
        .AddSingleton<VoucherList>()
        .AddSingleton<HeldVouchers>()
        .AddExport<VoucherExport>()
        .AddExport<TransactionsExport>()
        .AddSingleton<IRuleTarget, VoucherRuleTarget>()
        .AddSingleton<VoucherAssets>()
        .AddSingleton<VoucherCredits>()
        .AddShape(CreditsFold.Balance)
        .AddFact<CreditsFold>()
        .AddSingleton<CodeGenerator>()
        .AddSingleton<CodePool>()
        .AddSingleton<IImport, CodesGeneration>()
        .AddSingleton<IImport, CodesDeletion>()
        .AddSingleton<VoucherRows>()
        .AddSingleton<IImport, VouchersImport>()
        .AddSingleton<IImport, CampaignVouchersImport>()
        .AddSingleton<IImport, VouchersUpdate>()
        .AddSingleton<IImport, VouchersMetadataUpdate>()
        .AddSingleton<IImport, VouchersCsvImport>()
        .AddSingleton<IImport, CampaignVouchersCsvImport>();
}
