using Marketing.Catalogue;
using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Discounts;

internal static class DiscountServices
{
    public static IServiceCollection AddDiscounts(this IServiceCollection services) => services.AddTable(StackingRulesTable.Rules).AddSection<StackingSectionReader>();
}
