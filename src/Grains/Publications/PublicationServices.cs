using Marketing.Customers;
using Marketing.Exports;
using Marketing.Shapes;
using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Publications;

internal static class PublicationServices
{
    public static IServiceCollection AddPublications(this IServiceCollection services) => services
        .AddTable(PublicationTable.Publications)
        .AddSingleton<PublicationReads>()
        .AddSingleton<JoinedPublications>()
        .AddSingleton<PublicationList>()
        .AddSingleton<BatchPublisher>()
        .AddShape(PublicationShape.Publication)
        .AddExport<PublicationExport>()
        .AddFact<PublicationFold>();
}
