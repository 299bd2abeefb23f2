using Marketing.Projects;

namespace Marketing.Http;

/// <summary>The projects that exist, for requests that name one without a key: preflights and unsubscribe links.</summary>
internal sealed class ProjectCache(IGrainFactory grains, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _loading = new(1);
    private Loaded _loaded = new([], 0);

    public async ValueTask<bool> AnyAsync(Func<Project, bool> wanted)
    {
        var arrived = clock.GetTimestamp();
        var loaded = _loaded;
        if (loaded.At != 0 && clock.GetElapsedTime(loaded.At, arrived) < Lifetime && loaded.Projects.Any(wanted))
        {
            return true;
        }

        // What is not known may have been made a moment ago. All who wait here while one asks share the next answer, so that a flood
        // of made-up links is one question after the other.
        await _loading.WaitAsync();
        try
        {
            if (_loaded.At <= arrived)
            {
                var asked = clock.GetTimestamp();
                _loaded = new Loaded(await grains.ProjectDirectory.ListAsync(), asked);
            }

            return _loaded.Projects.Any(wanted);
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose() => _loading.Dispose();

    /// <param name="Projects">All projects.</param>
    /// <param name="At">When they were asked for, as a timestamp; 0 for never.</param>
    private sealed record Loaded(IReadOnlyList<Project> Projects, long At);
}
