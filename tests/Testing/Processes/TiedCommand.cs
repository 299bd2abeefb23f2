using System.Diagnostics;

namespace Marketing.Testing;

/// <summary>Commands whose process the kernel ends together with the thread that started it.</summary>
internal static class TiedCommand
{
    private static readonly string? SetPriv = InPath("setpriv");

    /// <param name="command">Program and arguments.</param>
    /// <param name="user">Under which user to run; null: this process's.</param>
    public static ProcessStartInfo Of(IReadOnlyList<string> command, string? user = null)
    {
        if (SetPriv is null)
        {
            // Without it the process may outlive this one, which is bearable; the wrong user is not.
            return user is null
                ? new ProcessStartInfo(command[0], command.Skip(1))
                : throw new InvalidOperationException($"There is no setpriv to run {command[0]} as {user}.");
        }

        string[] identity = user is null ? [] : [$"--reuid={user}", $"--regid={user}", "--clear-groups"];
        return new ProcessStartInfo(SetPriv, [.. identity, "--pdeathsig", "KILL", "--", .. command]);
    }

    public static string[] PathFolders() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static string? InPath(string program) =>
        PathFolders().Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
