using Marketing.Files;
using Marketing.Projects;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Secrets;

/// <summary>Where the keys are that secrets are protected with.</summary>
internal static class SecretServices
{
    /// <summary>Protects secrets with keys in files: in the directory configured, or beside the databases.</summary>
    public static IServiceCollection AddSecretsByFiles(this IServiceCollection services, IConfiguration configuration) =>
        services.AddSecrets(_ => new KeyFiles(DataDirectory.KeysOf(configuration)));

    /// <summary>Protects secrets with keys that all silos of a cluster share: in the directory configured, or in the database.</summary>
    public static IServiceCollection AddSecretsOfCluster(this IServiceCollection services, IConfiguration configuration) =>
        string.IsNullOrEmpty(configuration[DataDirectory.KeysKey])
            ? services.AddSecrets(provider => ActivatorUtilities.CreateInstance<PostgresKeys>(provider))
            : services.AddSecretsByFiles(configuration);

    private static IServiceCollection AddSecrets(this IServiceCollection services, Func<IServiceProvider, IXmlRepository> keys) =>
        services.AddSingleton<ISecretProtection>(provider => new SecretProtection(keys(provider)));
}
