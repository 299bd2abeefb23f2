using System.Security.Cryptography;

namespace Marketing.Demo;

/// <summary>A sample file: in the working directory when started from the repository, else beside the program.</summary>
internal sealed class DemoSample
{
    private DemoSample(string name, byte[] content)
    {
        Name = name;
        Content = content;

        // Named by content: an edited file is another upload, the same file is the same upload.
        Key = $"demo-{Path.GetFileNameWithoutExtension(name)}-{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}";
    }

    public string Name { get; }

    public byte[] Content { get; }

    /// <summary>The idempotency key it is uploaded under.</summary>
    public string Key { get; }

    public static DemoSample Read(string name)
    {
        foreach (var root in (string[])[Directory.GetCurrentDirectory(), AppContext.BaseDirectory])
        {
            var file = Path.Combine(root, "samples", name);
            if (File.Exists(file))
            {
                return new DemoSample(name, File.ReadAllBytes(file));
            }
        }

        throw new DemoFailedException($"samples/{name} is neither in the working directory nor beside the program.");
    }
}
