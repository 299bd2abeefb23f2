using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.OAuth;

internal static class OAuthServices
{
    public static IServiceCollection AddOAuth(this IServiceCollection services) => services.AddTable(OAuthTokenTable.Tokens);
}
