using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Marketing.Storage;

/// <summary>One numbered step of a schema. Once released it is never edited: a change is the next number.</summary>
internal sealed partial record SchemaScript(int Version, string Name, string Sql)
{
    /// <summary>Of the text, whatever its line ends.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>The scripts embedded beside this type for one engine, in the order they are applied.</summary>
    public static IReadOnlyList<SchemaScript> EmbeddedFor(string engine)
    {
        var assembly = typeof(SchemaScript).Assembly;
        var folder = $"{typeof(SchemaScript).Namespace}.{engine}.Schema.";

        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(resource => resource.StartsWith(folder, StringComparison.Ordinal))
                .Select(resource => Read(assembly, resource, resource[folder.Length..]))
                .OrderBy(script => script.Version),
        ];
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Version:D3}_{Name}.sql";

    private static SchemaScript Read(Assembly assembly, string resource, string file)
    {
        if (FileName().Match(file) is not { Success: true } name)
        {
            throw new InvalidOperationException($"Schema script '{file}' is not named like 001_what_it_does.sql.");
        }

        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var version = int.Parse(name.Groups["version"].ValueSpan, CultureInfo.InvariantCulture);
        return new SchemaScript(version, name.Groups["name"].Value, reader.ReadToEnd());
    }

    [GeneratedRegex("^(?<version>[0-9]{3})_(?<name>[a-z0-9_]+)\\.sql$")]
    private static partial Regex FileName();
}
