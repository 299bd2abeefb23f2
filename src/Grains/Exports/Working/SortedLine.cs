namespace Marketing.Exports.Working;

/// <summary>A line and its place: by a text, what has none first, and by when it was met. Going down is the same the other way round.</summary>
/// <param name="Key">What it is sorted by.</param>
/// <param name="Met">Which line of the walk it was; below zero where the newest are met first.</param>
/// <param name="Line">The line.</param>
internal sealed record SortedLine(string? Key, long Met, string Line)
{
    /// <summary>Negative when one comes before the other.</summary>
    public static int Compare(SortedLine one, SortedLine other, bool descending)
    {
        var order = string.CompareOrdinal(one.Key, other.Key) is var keys and not 0 ? keys : one.Met.CompareTo(other.Met);
        return descending ? -order : order;
    }

    public static IEnumerable<SortedLine> Read(byte[] part)
    {
        using var reader = new BinaryReader(new MemoryStream(part, writable: false));
        while (reader.BaseStream.Position < part.Length)
        {
            var key = reader.ReadBoolean() ? reader.ReadString() : null;
            yield return new SortedLine(key, reader.ReadInt64(), reader.ReadString());
        }
    }

    public byte[] Write()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Key is not null);
        if (Key is not null)
        {
            writer.Write(Key);
        }

        writer.Write(Met);
        writer.Write(Line);
        writer.Flush();
        return bytes.ToArray();
    }
}
