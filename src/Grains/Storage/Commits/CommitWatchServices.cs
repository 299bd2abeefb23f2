using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Storage;

internal static class CommitWatchServices
{
    /// <summary>Makes the engine's committer the one that everybody commits with, behind those who watch commits.</summary>
    public static IServiceCollection AddCommitter<TCommitter>(this IServiceCollection services)
        where TCommitter : class, ICommitter => services
        .AddSingleton<TCommitter>()
        .AddSingleton<ICommitter>(static provider => new WatchedCommitter(provider.GetRequiredService<TCommitter>(), provider.GetServices<CommitWatch>));

    /// <summary>Adds one that watches commits.</summary>
    public static IServiceCollection AddCommitWatch<TWatch>(this IServiceCollection services)
        where TWatch : CommitWatch => services.AddSingleton<CommitWatch, TWatch>();
}
