using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Images;

internal static class ImageServices
{
    public static IServiceCollection AddImages(this IServiceCollection services) => services.AddTable(ImageTable.Images).AddTable(ImageTable.Contents);
}
