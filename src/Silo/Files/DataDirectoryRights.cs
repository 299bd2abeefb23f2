using Marketing.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Marketing.Files;

/// <summary>
/// Takes the rights of others away from what an earlier version, or somebody by hand, left in the data directory; what is written from now on has none. Before
/// anything reads or writes there. Only the engine's own files: an operator may keep others beside them.
/// </summary>
internal sealed partial class DataDirectoryRights(IConfiguration configuration, ILogger<DataDirectoryRights> logger) : IHostedLifecycleService
{
    private static readonly string[] Files = ["control.db*", "data.db*", "lock", "keys.json"];

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsWindows())
        {
            Tighten(DataDirectory.Of(configuration));
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private void Tighten(string directory)
    {
        var (tightened, refused) = (0, 0);
        foreach (var path in Own(directory))
        {
            try
            {
                var mode = File.GetUnixFileMode(path);

                // A directory with the sticky bit, such as that for temporary files, is everybody's on purpose.
                if ((mode & OwnerOnly.OfOthers) != 0 && (mode & UnixFileMode.StickyBit) == 0)
                {
                    File.SetUnixFileMode(path, mode & ~OwnerOnly.OfOthers);
                    tightened++;
                }
            }
            catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
            {
                // Somebody else's, as a mounted volume may be, or gone meanwhile.
                refused++;
            }
        }

        if (tightened + refused > 0)
        {
            LogTightened(directory, tightened, refused);
        }
    }

    private IEnumerable<string> Own(string directory)
    {
        var folders = new[] { Path.Combine(directory, "outbox"), DataDirectory.KeysOf(configuration) };
        return new[] { directory }.Concat(folders).Where(Directory.Exists)
            .Concat(Matching(directory, Files))
            .Concat(folders.SelectMany(folder => Matching(folder, "*.eml", "*.xml", ".*.tmp")));
    }

    private static IEnumerable<string> Matching(string directory, params string[] patterns) => Directory.Exists(directory)
        ? patterns.SelectMany(pattern => Directory.EnumerateFiles(directory, pattern))
        : [];

    [LoggerMessage(
        LogLevel.Warning,
        "Others could read what is in {Directory}: their rights were taken from {Tightened} files and directories, and could not be taken from {Refused}")]
    private partial void LogTightened(string directory, int tightened, int refused);
}
