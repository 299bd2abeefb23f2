using System.Text;
using Marketing.MetadataSchemas;

namespace Marketing.AsyncActions;

/// <summary>A file of separated values, read row by row; its first row names the columns.</summary>
internal sealed class CsvFile
{
    private readonly CsvRows _rows;

    /// <param name="file">UTF-8, with or without a byte order mark.</param>
    /// <param name="known">The names of the known columns, for the author of the file.</param>
    /// <param name="isKnown">Whether a name is one of them, in whatever spelling.</param>
    /// <exception cref="ImportRefusedException">It names no known column, or is no such file at all.</exception>
    public CsvFile(byte[] file, IReadOnlyCollection<string> known, Func<string, bool> isKnown)
    {
        var mark = Encoding.UTF8.Preamble;
        var text = Encoding.UTF8.GetString(file.AsSpan(file.AsSpan().StartsWith(mark) ? mark.Length : 0));
        Header = CsvHeader.Of(text, known, isKnown);
        _rows = new CsvRows(text, Header.Separator);
        _rows.Read();

        // Quoted line breaks make this an estimate; it only feeds the progress.
        Total = Math.Max(0, file.AsSpan().Count((byte)'\n') - 1);
    }

    public CsvHeader Header { get; }

    /// <summary>About how many rows it has.</summary>
    public long Total { get; }

    /// <summary>How its cells become metadata.</summary>
    public MetadataCells Cells { get; set; } = MetadataCells.Texts;

    /// <summary>The row that was read last, from 1; the header is none.</summary>
    public long Row { get; private set; }

    /// <summary>Its fields, by position; there may be more than columns.</summary>
    public List<string> Fields => _rows.Fields;

    /// <summary>What is wrong with the row, with its line in the file; null where it can be taken.</summary>
    public string? Problem => (_rows.Problem ?? Header.WhyNot(_rows.Fields)) is { } problem ? $"line {_rows.Line}: {problem}" : null;

    /// <summary>Goes on to the next row. False when there is none.</summary>
    public bool Read()
    {
        var more = _rows.Read();
        Row += more ? 1 : 0;
        return more;
    }
}
