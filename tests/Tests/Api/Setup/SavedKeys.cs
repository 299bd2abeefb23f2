using System.Text.Json;
using Marketing.Hosting;
using Marketing.Projects;

namespace Marketing.Api;

/// <summary>The keys that the first start writes into the data directory.</summary>
internal static class SavedKeys
{
    public static IssuedKey ReadManagement(DirectoryInfo data)
    {
        using var stream = File.OpenRead(Path.Combine(data.FullName, FirstProject.KeyFile));
        var key = JsonDocument.Parse(stream).RootElement.GetProperty("management");
        return new IssuedKey(key.GetProperty("id").GetString()!, key.GetProperty("token").GetString()!);
    }
}
