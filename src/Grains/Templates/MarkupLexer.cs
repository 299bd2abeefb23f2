namespace Marketing.Templates;

/// <summary>Cuts the inside of a tag into tokens and notes every variable it names.</summary>
internal sealed class MarkupLexer(string source, int start, int end, List<VariableUse> uses)
{
    private static readonly HashSet<string> Words = ["true", "false", "nil", "null", "empty", "blank"];
    private static readonly string[] Symbols = ["==", "!=", "<>", "<=", ">=", "..", "<", ">", "=", "|", ":", ",", "(", ")"];

    // Indexes in indexes are read recursively, here and in the engine.
    private const int MaxDepth = 5;

    private int _position = start;
    private int _depth;

    /// <summary>The next token. A path is noted as a use unless <paramref name="isName"/> says it introduces a name or is a keyword.</summary>
    public MarkupToken Next(Func<MarkupToken, bool> isName)
    {
        while (_position < end && char.IsWhiteSpace(source[_position]))
        {
            _position++;
        }

        if (_position >= end)
        {
            return new MarkupToken(MarkupTokenKind.End, "", end);
        }

        var c = source[_position];
        if (c is '"' or '\'')
        {
            return Quoted(c);
        }

        if (char.IsAsciiDigit(c) || (c is '-' or '+' && _position + 1 < end && char.IsAsciiDigit(source[_position + 1])))
        {
            return Number();
        }

        if (IsNameStart(c) || c == '[')
        {
            return Path(isName);
        }

        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(source, _position, symbol, 0, symbol.Length) == 0 && _position + symbol.Length <= end)
            {
                _position += symbol.Length;
                return new MarkupToken(MarkupTokenKind.Symbol, symbol, _position - symbol.Length);
            }
        }

        throw new MarkupException($"'{c}' is not expected here.", _position);
    }

    /// <summary>A stretch as written, as one computed token: a range.</summary>
    public MarkupToken Slice(int from, int to) => new(MarkupTokenKind.Path, source[from..to], from, [], Computed: true);

    private MarkupToken Quoted(char quote)
    {
        var open = _position;
        var close = source.IndexOf(quote, open + 1, end - open - 1);
        if (close < 0)
        {
            throw new MarkupException("The text that starts here is not closed by a quote.", open);
        }

        _position = close + 1;
        return new MarkupToken(MarkupTokenKind.Text, source[(open + 1)..close], open);
    }

    private MarkupToken Number()
    {
        var from = _position++;
        while (_position < end && char.IsAsciiDigit(source[_position]))
        {
            _position++;
        }

        // One dot followed by a digit is a fraction; two are a range.
        if (_position + 1 < end && source[_position] == '.' && char.IsAsciiDigit(source[_position + 1]))
        {
            _position++;
            while (_position < end && char.IsAsciiDigit(source[_position]))
            {
                _position++;
            }
        }

        return new MarkupToken(MarkupTokenKind.Number, source[from.._position], from);
    }

    private MarkupToken Path(Func<MarkupToken, bool> isName)
    {
        var from = _position;
        var parts = new List<string>();
        var computed = false;
        if (source[_position] != '[')
        {
            parts.Add(Name());
        }

        while (_position < end)
        {
            if (source[_position] == '.' && _position + 1 < end && IsNameStart(source[_position + 1]))
            {
                _position++;
                var name = Name();
                if (!computed)
                {
                    parts.Add(name);
                }
            }
            else if (source[_position] == '[')
            {
                computed |= Index(parts, computed);
            }
            else
            {
                break;
            }
        }

        var token = new MarkupToken(MarkupTokenKind.Path, source[from.._position], from, parts, computed);
        if (parts.Count > 0 && !isName(token) && !(parts.Count == 1 && Words.Contains(token.Text)))
        {
            uses.Add(new VariableUse(parts, from));
        }

        return token;
    }

    /// <summary>Reads <c>["name"]</c>, <c>[0]</c> or <c>[variable]</c>; true unless it is a plain name.</summary>
    private bool Index(List<string> parts, bool computed)
    {
        var open = _position++;
        if (++_depth > MaxDepth)
        {
            throw new MarkupException($"Indexes may be nested {MaxDepth} deep.", open);
        }

        var inner = Next(_ => false);
        _depth--;
        if (_position >= end || source[_position] != ']')
        {
            throw new MarkupException("The index that starts here is not closed by ']'.", open);
        }

        _position++;
        switch (inner.Kind)
        {
            case MarkupTokenKind.Text:
                if (!computed)
                {
                    parts.Add(inner.Text);
                }

                return false;
            case MarkupTokenKind.Number or MarkupTokenKind.Path:
                return true;
            default:
                throw new MarkupException("An index is a text in quotes, a number or a variable.", open);
        }
    }

    private string Name()
    {
        var from = _position;
        while (_position < end && (IsNameStart(source[_position]) || char.IsAsciiDigit(source[_position]) || source[_position] == '-'))
        {
            _position++;
        }

        if (_position < end && source[_position] == '?')
        {
            _position++;
        }

        return source[from.._position];
    }

    private static bool IsNameStart(char c) => c == '_' || char.IsLetter(c);
}
