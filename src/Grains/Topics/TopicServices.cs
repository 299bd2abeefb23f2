using Marketing.Catalogue;
using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Topics;

internal static class TopicServices
{
    public static IServiceCollection AddTopics(this IServiceCollection services) => services.AddTable(TopicTable.Topics).AddSection<TopicSectionReader>();
}
