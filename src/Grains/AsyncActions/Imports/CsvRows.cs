namespace Marketing.AsyncActions;

/// <summary>
/// Reads rows of separated fields. A field in quotes may hold separators, doubled quotes and line breaks. Where a quote is not closed the row ends with its line, so
/// that it costs one row and not the rest of the file. Lines with nothing on them are no rows.
/// </summary>
internal sealed class CsvRows(string text, char separator)
{
    private int _at;
    private int _line = 1;

    /// <summary>The fields of the row, without the spaces around them.</summary>
    public List<string> Fields { get; } = [];

    /// <summary>The line the row begins on, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>What is wrong with the row, or null.</summary>
    public string? Problem { get; private set; }

    private bool IsAtEnd => _at == text.Length;

    private bool IsAtBreak => text[_at] is '\r' or '\n';

    /// <summary>Goes on to the next row. False when there is none.</summary>
    public bool Read()
    {
        Fields.Clear();
        Problem = null;
        SkipSpaces();
        while (!IsAtEnd && IsAtBreak)
        {
            SkipBreak();
            SkipSpaces();
        }

        if (IsAtEnd)
        {
            return false;
        }

        var start = _at;
        Line = _line;
        if (!TryRead())
        {
            Problem = "a quote is not closed";
            (_at, _line) = (start, Line);
            SkipToBreak();
            SkipBreak();
        }

        return true;
    }

    private bool TryRead()
    {
        while (true)
        {
            SkipSpaces();
            if (!IsAtEnd && text[_at] == '"')
            {
                if (ReadQuoted() is not { } field)
                {
                    return false;
                }

                Fields.Add(field);
                SkipSpaces();
            }
            else
            {
                var rest = text.AsSpan(_at);
                var length = rest.IndexOfAny(separator, '\r', '\n');
                length = length < 0 ? rest.Length : length;
                Fields.Add(rest[..length].TrimEnd().ToString());
                _at += length;
            }

            if (IsAtEnd || IsAtBreak)
            {
                SkipBreak();
                return true;
            }

            if (text[_at] != separator)
            {
                // Something else after the closing quote: it was not the one that closes.
                return false;
            }

            _at++;
        }
    }

    private string? ReadQuoted()
    {
        var start = ++_at;
        var doubled = false;
        while (text.IndexOf('"', _at) is >= 0 and var quote)
        {
            _at = quote + 1;
            if (!IsAtEnd && text[_at] == '"')
            {
                doubled = true;
                _at++;
                continue;
            }

            var field = text[start..quote];
            _line += Breaks(field);
            return doubled ? field.Replace("\"\"", "\"", StringComparison.Ordinal) : field;
        }

        return null;
    }

    private void SkipSpaces()
    {
        while (!IsAtEnd && text[_at] != separator && !IsAtBreak && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }
    }

    private void SkipToBreak()
    {
        var length = text.AsSpan(_at).IndexOfAny('\r', '\n');
        _at = length < 0 ? text.Length : _at + length;
    }

    private void SkipBreak()
    {
        if (!IsAtEnd)
        {
            _at += text.AsSpan(_at).StartsWith("\r\n") ? 2 : 1;
            _line++;
        }
    }

    private static int Breaks(string field)
    {
        var count = 0;
        for (var i = 0; i < field.Length; i++)
        {
            count += field[i] == '\n' || (field[i] == '\r' && (i + 1 == field.Length || field[i + 1] != '\n')) ? 1 : 0;
        }

        return count;
    }
}
