namespace Marketing.Storage;

/// <summary>A database file in a folder of its own, gone with everything SQLite put beside it when the test is over.</summary>
public sealed class DatabaseFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("distributions-");

    public string FullName => Path.Combine(_folder.FullName, "control.db");

    public void Dispose() => _folder.Delete(recursive: true);
}
