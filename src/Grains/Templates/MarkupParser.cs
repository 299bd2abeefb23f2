namespace Marketing.Templates;

/// <summary>
/// Reads the inside of one tag, strictly: the engine below accepts nearly anything and then prints something else than its author
/// meant. Throws a <see cref="MarkupException"/> that points at the culprit.
/// </summary>
internal sealed class MarkupParser
{
    private static readonly HashSet<string> Comparisons = ["==", "!=", "<>", "<", ">", "<=", ">=", "contains"];

    private const int MaxParts = 100;

    private readonly MarkupLexer _lexer;
    private readonly Func<MarkupToken, bool> _isName;
    private MarkupToken _current;

    private MarkupParser(string source, int start, int end, List<VariableUse> uses, Func<MarkupToken, bool> isName)
    {
        _lexer = new MarkupLexer(source, start, end, uses);
        _isName = isName;
        _current = _lexer.Next(_isName);
    }

    public static FilterChain Output(string source, int start, int end, List<VariableUse> uses)
    {
        // Right after a pipe stands the name of a filter; the lexer has to know before it notes it as a variable.
        var afterPipe = false;
        var parser = new MarkupParser(source, start, end, uses, _ => afterPipe);
        var chain = parser.Chain(value => afterPipe = value);
        parser.ExpectEnd();
        return chain;
    }

    /// <summary><c>name = expression</c>.</summary>
    public static (string Name, FilterChain Value) Assign(string source, int start, int end, List<VariableUse> uses)
    {
        var isName = true;
        var parser = new MarkupParser(source, start, end, uses, _ => isName);
        var name = parser.Name("A name is expected after 'assign'.");
        isName = false;
        if (!parser._current.Is("="))
        {
            throw parser.Unexpected("'=' is expected after the name.");
        }

        parser.Advance();
        var chain = parser.Chain(value => isName = value);
        parser.ExpectEnd();
        return (name, chain);
    }

    /// <summary><c>a == b and c contains d</c>.</summary>
    public static void Condition(string source, int start, int end, List<VariableUse> uses)
    {
        var parser = new MarkupParser(source, start, end, uses, token => token.Text is "contains" or "and" or "or");
        for (var parts = 1; ; parts++)
        {
            // The engine evaluates the parts recursively.
            if (parts > MaxParts)
            {
                throw parser.Unexpected($"A condition may have {MaxParts} parts.");
            }

            parser.Operand();
            if (Comparisons.Contains(parser._current.Text) && parser._current.Kind != MarkupTokenKind.Text)
            {
                parser.Advance();
                parser.Operand();
            }

            if (!parser._current.Is("and") && !parser._current.Is("or"))
            {
                parser.ExpectEnd();
                return;
            }

            parser.Advance();
        }
    }

    /// <summary><c>item in list limit: 3 reversed</c>; the name of the loop variable.</summary>
    public static string Loop(string source, int start, int end, List<VariableUse> uses)
    {
        var first = true;
        var parser = new MarkupParser(
            source, start, end, uses, token => first || token.Text is "in" or "reversed" or "limit" or "offset" or "cols" or "continue");
        first = false;
        var name = parser.Name("A name is expected for the loop variable.");
        if (!parser._current.Is("in"))
        {
            throw parser.Unexpected("'in' is expected after the loop variable.");
        }

        parser.Advance();
        parser.Operand();
        while (parser._current.Kind != MarkupTokenKind.End)
        {
            if (parser._current.Is("reversed") || parser._current.Is(","))
            {
                parser.Advance();
            }
            else if (parser._current.Is("limit") || parser._current.Is("offset") || parser._current.Is("cols"))
            {
                parser.Advance();
                parser.Expect(":");
                parser.Operand();
            }
            else
            {
                throw parser.Unexpected("A loop takes limit, offset and reversed.");
            }
        }

        return name;
    }

    /// <summary><c>a, b</c> or <c>group: a, b</c>; without a group the values are their own.</summary>
    public static (FilterChain Group, IReadOnlyList<FilterChain> Values) Cycle(string source, int start, int end, List<VariableUse> uses)
    {
        var parser = new MarkupParser(source, start, end, uses, _ => false);
        var first = parser.Operand();
        var isGroup = parser._current.Is(":");
        var values = new List<FilterChain>();
        if (isGroup)
        {
            parser.Advance();
            values.Add(new FilterChain(parser.Operand(), []));
        }
        else
        {
            values.Add(new FilterChain(first, []));
        }

        while (parser._current.Is(","))
        {
            parser.LimitParts(values.Count);
            parser.Advance();
            values.Add(new FilterChain(parser.Operand(), []));
        }

        parser.ExpectEnd();
        var group = isGroup ? first : new Operand(new MarkupToken(MarkupTokenKind.Text, $"\n{source.AsSpan(start, end - start).Trim()}", start));
        return (new FilterChain(group, []), values);
    }

    /// <summary>One or more values, with <c>,</c> or <c>or</c> between them.</summary>
    public static void Values(string source, int start, int end, List<VariableUse> uses, params string[] separators)
    {
        var parser = new MarkupParser(source, start, end, uses, token => token.Text == "or");
        parser.Operand();
        for (var parts = 1; separators.Any(parser._current.Is); parts++)
        {
            parser.LimitParts(parts);
            parser.Advance();
            parser.Operand();
        }

        parser.ExpectEnd();
    }

    /// <summary>A single name that the tag introduces.</summary>
    public static string SingleName(string source, int start, int end, string message)
    {
        var parser = new MarkupParser(source, start, end, [], _ => true);
        var name = parser.Name(message);
        parser.ExpectEnd();
        return name;
    }

    public static void Nothing(string source, int start, int end) => new MarkupParser(source, start, end, [], _ => true).ExpectEnd();

    private FilterChain Chain(Action<bool> nextIsName)
    {
        var head = Operand();
        var calls = new List<FilterCall>();
        while (_current.Is("|"))
        {
            nextIsName(true);
            Advance();
            nextIsName(false);
            calls.Add(Filter());
        }

        return new FilterChain(head, calls);
    }

    private FilterCall Filter()
    {
        var name = _current;
        if (name.Kind != MarkupTokenKind.Path)
        {
            throw Unexpected("The name of a filter is expected after '|'.");
        }

        if (!LiquidFilters.All.TryGetValue(name.Text, out var filter))
        {
            throw new MarkupException(
                $"There is no filter '{name.Text}'.{Suggestion.For(name.Text, LiquidFilters.All.Keys)}", name.Offset);
        }

        Advance();
        var arguments = new List<Operand>();
        if (_current.Is(":"))
        {
            do
            {
                Advance();
                arguments.Add(Operand());
            }
            while (_current.Is(","));
        }

        if (arguments.Count < filter.MinArguments || arguments.Count > filter.MaxArguments)
        {
            throw new MarkupException($"The filter '{filter.Name}' takes {filter.Takes}, not {arguments.Count}.", name.Offset);
        }

        return new FilterCall(filter, arguments);
    }

    private Operand Operand()
    {
        var token = _current;
        switch (token.Kind)
        {
            case MarkupTokenKind.Path or MarkupTokenKind.Text or MarkupTokenKind.Number:
                Advance();
                return new Operand(token);
            case MarkupTokenKind.Symbol when token.Text == "(":
                Advance();
                Bound();
                Expect("..");
                Bound();
                var close = _current;
                Expect(")");
                return new Operand(_lexer.Slice(token.Offset, close.Offset + 1));
            default:
                throw Unexpected("A variable or a value is expected here.");
        }
    }

    private void Bound()
    {
        if (_current.Is("("))
        {
            throw Unexpected("A range goes from one value to another.");
        }

        Operand();
    }

    private string Name(string message)
    {
        if (_current.Kind is not (MarkupTokenKind.Path or MarkupTokenKind.Text) || _current.Parts.Count > 1 || _current.Computed)
        {
            throw Unexpected(message);
        }

        var name = _current.Text;
        Advance();
        return name;
    }

    private void Expect(string symbol)
    {
        if (!_current.Is(symbol))
        {
            throw Unexpected($"'{symbol}' is expected here.");
        }

        Advance();
    }

    private void ExpectEnd()
    {
        if (_current.Kind != MarkupTokenKind.End)
        {
            throw Unexpected($"'{_current.Text}' is not expected here.");
        }
    }

    private void LimitParts(int parts)
    {
        if (parts >= MaxParts)
        {
            throw Unexpected($"A tag may name {MaxParts} values.");
        }
    }

    private void Advance() => _current = _lexer.Next(_isName);

    private MarkupException Unexpected(string message) => new(message, _current.Offset);
}
