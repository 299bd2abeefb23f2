namespace Marketing.Templates;

/// <summary>Turns offsets into lines and columns.</summary>
internal sealed class LineMap(string source)
{
    private int[]? _starts;

    /// <summary>Line and column, both from 1.</summary>
    public (int Line, int Column) At(int offset)
    {
        _starts ??= [0, .. Enumerable.Range(0, source.Length).Where(i => source[i] == '\n').Select(i => i + 1)];
        var found = Array.BinarySearch(_starts, offset);
        var line = found >= 0 ? found : ~found - 1;
        return (line + 1, offset - _starts[line] + 1);
    }
}
