using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.MessageTemplates;

internal static class MessageTemplateServices
{
    public static IServiceCollection AddMessageTemplates(this IServiceCollection services) => services
        .AddTable(MessageTemplateTable.Templates)
        .AddTable(MessageTemplateTable.Versions)
        .AddSingleton<MessageTemplateReads>();
}
