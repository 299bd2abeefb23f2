namespace Marketing.Storage;

/// <summary>Files and directories that nobody but the user of the process may open. Where the operating system has no such rights they are ordinary ones.</summary>
public static class OwnerOnly
{
    /// <summary>What is taken away.</summary>
    public const UnixFileMode OfOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const UnixFileMode ForFiles = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates a directory; one that exists keeps its rights.</summary>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, ForFiles | UnixFileMode.UserExecute);
    }

    /// <summary>Opens a file to write; one that exists keeps its rights.</summary>
    public static FileStream OpenWrite(string path, FileMode mode, FileShare share = FileShare.Read)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = share, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = ForFiles;
        }

        return new FileStream(path, options);
    }
}
