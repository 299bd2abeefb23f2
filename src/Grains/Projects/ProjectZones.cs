using System.Collections.Concurrent;

namespace Marketing.Projects;

/// <summary>
/// What of the settings of projects messages are written by: time zones, and what phone numbers without a country begin with. Kept for a while, because it is asked for with every batch and
/// hardly ever changes.
/// </summary>
internal sealed class ProjectZones(IGrainFactory grains, TimeProvider clock)
{
    // How long messages may still be written by the old ones.
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<int, (string Zone, string? DialCode, long Read)> _known = new();

    public async ValueTask<string> OfAsync(int project) => (await KnownAsync(project)).Zone;

    /// <summary>Digits; null where the project has none.</summary>
    public async ValueTask<string?> DialCodeOfAsync(int project) => (await KnownAsync(project)).DialCode;

    /// <summary>The time zone as it is now.</summary>
    public async ValueTask<string> ReadAsync(int project) => (await ReadAllAsync(project)).Zone;

    private ValueTask<(string Zone, string? DialCode)> KnownAsync(int project) =>
        _known.TryGetValue(project, out var known) && clock.GetElapsedTime(known.Read) < Kept ? new((known.Zone, known.DialCode)) : ReadAllAsync(project);

    private async ValueTask<(string Zone, string? DialCode)> ReadAllAsync(int project)
    {
        var read = clock.GetTimestamp();
        foreach (var candidate in await grains.ProjectDirectory.ListAsync())
        {
            _known[candidate.Number] = (candidate.Settings.TimeZone, candidate.Settings.DialCode, read);
        }

        return _known.TryGetValue(project, out var found) ? (found.Zone, found.DialCode) : ("UTC", null);
    }
}
