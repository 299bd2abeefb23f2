using System.Diagnostics;

namespace Marketing.Testing;

/// <summary>Where PostgreSQL's programs are, and under which user they run: the server refuses to be root.</summary>
internal sealed class PostgresPrograms
{
    private const string User = "postgres";

    private readonly string _folder;

    private PostgresPrograms(string folder) => _folder = folder;

    private static bool IsRoot => Environment.UserName == "root";

    /// <summary>The newest Debian has under /usr/lib, which keeps them out of PATH; else those in PATH.</summary>
    public static PostgresPrograms? Find()
    {
        var folder = Folders().FirstOrDefault(
            candidate => File.Exists(Path.Combine(candidate, "initdb")) && File.Exists(Path.Combine(candidate, "postgres")));
        return folder is null ? null : new PostgresPrograms(folder);
    }

    /// <summary>Gives a folder to the user the server will run as.</summary>
    public static async Task OwnAsync(string folder)
    {
        if (IsRoot)
        {
            await RunAsync(new ProcessStartInfo("chown", [User, folder]));
        }
    }

    /// <summary>Runs one of the programs to its end.</summary>
    public Task RunAsync(string workingFolder, string program, params string[] arguments) =>
        RunAsync(Command(workingFolder, program, arguments));

    /// <summary>How to start one of the programs so that the kernel ends it together with the thread that started it.</summary>
    public ProcessStartInfo Command(string workingFolder, string program, params string[] arguments)
    {
        var command = TiedCommand.Of([Path.Combine(_folder, program), .. arguments], IsRoot ? User : null);
        command.WorkingDirectory = workingFolder;
        return command;
    }

    private static async Task RunAsync(ProcessStartInfo command)
    {
        var output = new ProcessOutput(kept: 50);
        var process = new ChildProcess(command, output);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var exit = await process.ExitedAsync(patience.Token);
        if (exit != 0)
        {
            throw new InvalidOperationException($"{command.FileName} ended with {exit}: {output}");
        }
    }

    private static IEnumerable<string> Folders()
    {
        const string debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(debian) ? Directory.GetDirectories(debian) : [];
        return
        [
            .. versions.OrderByDescending(version => int.TryParse(Path.GetFileName(version), out var number) ? number : 0)
                .Select(version => Path.Combine(version, "bin")),
            .. TiedCommand.PathFolders(),
        ];
    }
}
