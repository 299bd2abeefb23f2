using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Marketing.Ui;

/// <summary>The files of the manager as npm built them, out of the assembly. A file is compressed when it is first asked for, and kept.</summary>
internal sealed class UiFiles
{
    private const string Prefix = "ui/";
    private const string Page = "index.html";

    private readonly FrozenDictionary<string, Lazy<UiFile>> _files = typeof(UiFiles).Assembly.GetManifestResourceNames()
        .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(static name => name[Prefix.Length..], static name => new Lazy<UiFile>(() => UiFile.Read(name)), StringComparer.Ordinal);

    /// <summary>
    /// The file at a path, or the page itself, which knows what to show there. Null for what once was a part of it: a page that is older than this process has to learn that.
    /// </summary>
    public UiFile? Find(string path) =>
        _files.TryGetValue(path, out var file) || (!path.StartsWith("assets/", StringComparison.Ordinal) && _files.TryGetValue(Page, out file)) ? file.Value : null;
}

/// <summary>One file.</summary>
/// <param name="Content">As it is.</param>
/// <param name="Compressed">By brotli.</param>
/// <param name="ContentType">What it is.</param>
/// <param name="Tag">Its entity tag.</param>
/// <param name="IsFixed">Whether its name has its hash, so that another content has another name.</param>
internal sealed record UiFile(byte[] Content, byte[] Compressed, string ContentType, string Tag, bool IsFixed)
{
    public static UiFile Read(string resource)
    {
        using var stream = typeof(UiFile).Assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new UiFile(content, Compress(content), TypeOf(resource), $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\"", resource.StartsWith("ui/assets/", StringComparison.Ordinal));
    }

    private static byte[] Compress(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.SmallestSize))
        {
            brotli.Write(content);
        }

        return compressed.ToArray();
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".json" => "application/json",
        ".woff2" => "font/woff2",
        ".png" => "image/png",
        _ => "application/octet-stream",
    };
}
