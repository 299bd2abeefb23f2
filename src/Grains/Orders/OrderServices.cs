using Marketing.AsyncActions;
using Marketing.Customers;
using Marketing.Exports;
using Marketing.Shapes;
using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Orders;

internal static class OrderServices
{
    public static IServiceCollection AddOrders(this IServiceCollection services) => services
        .AddTable(OrderTable.Orders)
        .AddFact<OrderFold>()
        .AddShape(OrderShape.Order)
        .AddExport<OrderExport>()
        .AddSingleton<IImport, OrdersImport>();
}
