using System.Buffers;
using System.Text;

namespace Marketing.Exports.Working;

/// <summary>Gathers lines until they are a part: a quarter of a megabyte, or one line if that is longer.</summary>
internal sealed class PartWriter
{
    private const int PartBytes = 256 * 1024;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Adds a line of the file; a part that is full with it.</summary>
    public byte[]? Add(string line)
    {
        Encoding.UTF8.GetBytes(line, _bytes);
        return _bytes.WrittenCount >= PartBytes ? Take() : null;
    }

    /// <summary>Adds a line that is yet to be sorted in; a part that is full with it.</summary>
    public byte[]? Add(SortedLine line)
    {
        _bytes.Write(line.Write());
        return _bytes.WrittenCount >= PartBytes ? Take() : null;
    }

    /// <summary>What is left.</summary>
    public byte[]? Rest() => _bytes.WrittenCount > 0 ? Take() : null;

    private byte[] Take()
    {
        var part = _bytes.WrittenSpan.ToArray();
        _bytes.ResetWrittenCount();
        return part;
    }
}
