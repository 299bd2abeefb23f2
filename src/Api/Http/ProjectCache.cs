using Marketing.Projects;

namespace Marketing.Http;

/// <summary>The projects that exist, for requests that name one without a key: preflights and unsubscribe links.</summary>
internal sealed class ProjectCache(IGrainFactory grains, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MissLifetime = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _loading = new(1);
    private IReadOnlyList<Project> _projects = [];
    private DateTimeOffset _loadedAt = DateTimeOffset.MinValue;

    public async ValueTask<bool> AnyAsync(Func<Project, bool> wanted)
    {
        if (clock.GetUtcNow() - _loadedAt < Lifetime && _projects.Any(wanted))
        {
            return true;
        }

        // What is not found may have been made a moment ago, but not every miss can be worth a call.
        if (clock.GetUtcNow() - _loadedAt >= MissLifetime)
        {
            await _loading.WaitAsync();
            try
            {
                if (clock.GetUtcNow() - _loadedAt >= MissLifetime)
                {
                    _projects = await grains.ProjectDirectory.ListAsync();
                    _loadedAt = clock.GetUtcNow();
                }
            }
            finally
            {
                _loading.Release();
            }
        }

        return _projects.Any(wanted);
    }

    public void Dispose() => _loading.Dispose();
}
