using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Channels.Sms;
using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Connections;

internal static class ConnectionServices
{
    public static IServiceCollection AddChannelConnections(this IServiceCollection services) => services
        .AddTable(ConnectionTable.Connections)
        .AddTable(ReceiptTable.Receipts)
        .AddSingleton<ReceiptAddresses>()
        .AddSingleton<DeliveryReceipts>()
        .AddSingleton<ReceiptWriter>()
        .AddSingleton<MailReports>()
        .AddSingleton<ReturnedMails>()
        .AddSingleton<IReceiptAddresses>(static provider => provider.GetRequiredService<ReceiptAddresses>())
        .AddSingleton<ConnectionBook>()
        .AddSingleton<IConnections>(static provider => provider.GetRequiredService<ConnectionBook>())
        .AddSection<ConnectionSectionReader>();
}
