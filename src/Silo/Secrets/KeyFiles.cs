using System.Xml.Linq;
using Marketing.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Marketing.Secrets;

/// <summary>A key ring in a directory, a file for each key. Unlike the framework's own it gives nobody else a right to them.</summary>
internal sealed class KeyFiles(string directory) : IXmlRepository
{
    private const string Extension = ".xml";

    public IReadOnlyCollection<XElement> GetAllElements() => Directory.Exists(directory)
        ? [.. Directory.EnumerateFiles(directory, $"*{Extension}").Order(StringComparer.Ordinal).Select(XElement.Load)]
        : [];

    public void StoreElement(XElement element, string friendlyName)
    {
        OwnerOnly.CreateDirectory(directory);
        var name = friendlyName.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? friendlyName : Guid.NewGuid().ToString();
        var unfinished = Path.Combine(directory, $".{Guid.NewGuid():n}.tmp");
        using (var stream = OwnerOnly.OpenWrite(unfinished, FileMode.CreateNew))
        {
            element.Save(stream);
            stream.Flush(flushToDisk: true);
        }

        // Complete or not there at all: what is protected with half a key is lost.
        File.Move(unfinished, Path.Combine(directory, name + Extension), overwrite: true);
    }
}
