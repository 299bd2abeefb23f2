using System.Runtime.Versioning;
using Marketing.Behaviour;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Marketing.Secrets;

/// <summary>Who may open what lies in the data directory, where the operating system has such rights.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FileRightsTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("rights-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Nobody_else_may_read_what_is_written()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such rights on Windows.");
        var data = _data.CreateSubdirectory("new");
        data.Delete();
        await using var api = await StartedApi.OnAsync(data);
        await api.SendMailAsync(await api.NewProjectAsync());

        string[] expected = ["control.db", "control.db-shm", "control.db-wal", "data.db", "data.db-shm", "data.db-wal", "keys.json", "lock"];
        Assert.Subset(data.EnumerateFiles().Select(file => file.Name).ToHashSet(), expected.ToHashSet());
        Assert.NotEmpty(data.EnumerateFiles("outbox/*.eml"));
        Assert.NotEmpty(data.EnumerateFiles("keys/*.xml"));
        AssertOwnerOnly(data);
    }

    [Fact]
    public async Task What_others_could_read_of_an_earlier_version_they_cannot_any_more_and_one_line_says_so()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such rights on Windows.");
        await using (var first = await StartedApi.OnAsync(_data))
        {
            await first.SendMailAsync(await first.NewProjectAsync());
        }

        var foreign = Path.Combine(_data.FullName, "notes.txt");
        await File.WriteAllTextAsync(foreign, "the operator's", TestContext.Current.CancellationToken);
        foreach (var entry in _data.EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Append(_data))
        {
            entry.UnixFileMode |= UnixFileMode.GroupRead | UnixFileMode.OtherRead | (entry is DirectoryInfo ? UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : 0);
        }

        var log = new EngineLog();
        await using (await StartedApi.OnAsync(_data, builder => builder.Logging.AddProvider(log)))
        {
            Assert.True(File.GetUnixFileMode(foreign).HasFlag(UnixFileMode.OtherRead));
            File.Delete(foreign);
            AssertOwnerOnly(_data);
        }

        Assert.Single(log.ToString().Split('\n'), line => line.Contains("Others could read", StringComparison.Ordinal));
        await using (await StartedApi.OnAsync(_data, builder => builder.Logging.AddProvider(log)))
        {
        }

        Assert.Single(log.ToString().Split('\n'), line => line.Contains("Others could read", StringComparison.Ordinal));
    }

    private static void AssertOwnerOnly(DirectoryInfo data)
    {
        var wider = data.EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Append(data)
            .Where(entry => File.GetUnixFileMode(entry.FullName) != (entry is DirectoryInfo ? Owner | UnixFileMode.UserExecute : Owner))
            .Select(entry => $"{entry.FullName}: {File.GetUnixFileMode(entry.FullName)}");
        Assert.Empty(wider);
    }
}
