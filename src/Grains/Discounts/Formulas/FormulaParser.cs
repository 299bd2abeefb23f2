namespace Marketing.Discounts;

/// <summary>Compiles formulas.</summary>
internal sealed class FormulaParser
{
    /// <summary>The longest formula.</summary>
    public const int Longest = 2_000;

    private const int Deepest = 40;

    // Each is evaluated inside the next where they stand in a row.
    private const int MostTokens = 500;

    private readonly List<FormulaToken> _tokens;
    private int _at;
    private int _depth;
    private bool _isOfLine;

    private FormulaParser(List<FormulaToken> tokens) => _tokens = tokens;

    private FormulaToken Next => _tokens[_at];

    /// <summary>The formula, or what is wrong with it and where.</summary>
    public static (Formula? Formula, FormulaProblem? Problem) Parse(string text)
    {
        if (text.Length > Longest)
        {
            return (null, new FormulaProblem(Longest + 1, $"must NOT have more than {Longest} characters"));
        }

        var (tokens, problem) = FormulaTokens.Of(text);
        if (problem is not null)
        {
            return (null, problem);
        }

        if (tokens.Count > MostTokens)
        {
            return (null, new FormulaProblem(tokens[MostTokens].Position, $"must NOT have more than {MostTokens} parts"));
        }

        var parser = new FormulaParser(tokens);
        try
        {
            var root = parser.Or();
            return parser.Next.Kind == FormulaTokenKind.End ? (new Formula(text, root, parser._isOfLine), null) : throw parser.Unexpected("an operator");
        }
        catch (MalformedException malformed)
        {
            return (null, malformed.Problem);
        }
    }

    private FormulaPart Or()
    {
        var left = And();
        while (Next.IsWord("OR"))
        {
            _at++;
            left = FormulaOperators.Or(left, And());
        }

        return left;
    }

    private FormulaPart And()
    {
        var left = Comparison();
        while (Next.IsWord("AND"))
        {
            _at++;
            left = FormulaOperators.And(left, Comparison());
        }

        return left;
    }

    private FormulaPart Comparison()
    {
        var left = Sum();
        if (!FormulaOperators.IsComparison(Next))
        {
            return left;
        }

        var sign = Take().Text;
        return FormulaOperators.Compare(sign, left, Sum());
    }

    private FormulaPart Sum()
    {
        var left = Product();
        while (Next.IsMark("+") || Next.IsMark("-"))
        {
            var sign = Take().Text;
            left = FormulaOperators.Combine(sign, left, Product());
        }

        return left;
    }

    private FormulaPart Product()
    {
        var left = Signed();
        while (Next.IsMark("*") || Next.IsMark("/") || Next.IsMark("%") || Next is { Kind: FormulaTokenKind.Word, Text: "x" })
        {
            var sign = Take();
            left = FormulaOperators.Combine(sign.Kind == FormulaTokenKind.Word ? "*" : sign.Text, left, Signed());
        }

        return left;
    }

    private FormulaPart Signed()
    {
        if (!Next.IsMark("-"))
        {
            return Primary();
        }

        Enter();
        _at++;
        var part = FormulaOperators.Negate(Signed());
        _depth--;
        return part;
    }

    private FormulaPart Primary()
    {
        var token = Next;
        switch (token.Kind)
        {
            case FormulaTokenKind.Number:
                _at++;
                var number = FormulaValue.Of(token.Number);
                return (in FormulaScope _) => number;
            case FormulaTokenKind.Text:
                _at++;
                var text = FormulaValue.Of(token.Text);
                return (in FormulaScope _) => text;
            case FormulaTokenKind.Word:
                _at++;
                return Named(token);
            case FormulaTokenKind.Mark when token.IsMark("("):
                Enter();
                _at++;
                var part = Or();
                Expect(")");
                _depth--;
                return part;
            default:
                throw Unexpected("a value");
        }
    }

    private FormulaPart Named(FormulaToken name)
    {
        if (FormulaOperands.Value(name.Text) is { } value)
        {
            _isOfLine |= FormulaOperands.IsOfLine(name.Text);
            return value;
        }

        if (FormulaOperands.IsMetadata(name.Text))
        {
            Expect("(");
            if (Next.Kind != FormulaTokenKind.Text)
            {
                throw Unexpected("the name of an attribute in quotation marks");
            }

            var key = Take().Text;
            Expect(")");
            _isOfLine |= FormulaOperands.IsOfLine(name.Text);
            return FormulaOperands.OfMetadata(name.Text, key)!;
        }

        if (name.Text == "SWITCH")
        {
            return Switch();
        }

        if (!FormulaFunctions.IsKnown(name.Text))
        {
            throw new MalformedException(new FormulaProblem(name.Position, $"'{name.Text}' is neither an operand nor a function"));
        }

        var (part, problem) = FormulaFunctions.Make(name.Text, Arguments());
        return part ?? throw new MalformedException(new FormulaProblem(name.Position, problem!));
    }

    private FormulaPart[] Arguments()
    {
        Enter();
        Expect("(");
        var arguments = new List<FormulaPart> { Or() };
        while (Next.IsMark(";"))
        {
            _at++;
            arguments.Add(Or());
        }

        Expect(")");
        _depth--;
        return [.. arguments];
    }

    // SWITCH(value;SWITCH_CASE(is;then) SWITCH_CASE(is;then);otherwise)
    private FormulaPart Switch()
    {
        Enter();
        Expect("(");
        var value = Or();
        Expect(";");
        var cases = new List<(FormulaPart Is, FormulaPart Then)>();
        while (Next.IsWord("SWITCH_CASE"))
        {
            var name = Take();
            cases.Add(Arguments() is [var one, var then] ? (one, then) : throw new MalformedException(new FormulaProblem(name.Position, "SWITCH_CASE takes 2 values, separated by semicolons")));
        }

        if (cases.Count == 0)
        {
            throw Unexpected("SWITCH_CASE");
        }

        Expect(";");
        var otherwise = Or();
        Expect(")");
        _depth--;
        return FormulaFunctions.Switch(value, cases, otherwise);
    }

    private FormulaToken Take() => _tokens[_at++];

    private void Expect(string mark)
    {
        if (!Next.IsMark(mark))
        {
            throw Unexpected($"'{mark}'");
        }

        _at++;
    }

    // A caller's formula must not be able to exhaust the stack.
    private void Enter()
    {
        if (++_depth > Deepest)
        {
            throw new MalformedException(new FormulaProblem(Next.Position, $"must NOT be nested more than {Deepest} times"));
        }
    }

    private MalformedException Unexpected(string expected) =>
        new(new FormulaProblem(Next.Position, Next.Kind == FormulaTokenKind.End ? $"{expected} is missing" : $"{expected} is expected, not '{Next.Text}'"));

    private sealed class MalformedException(FormulaProblem problem) : Exception(problem.Message)
    {
        public FormulaProblem Problem => problem;
    }
}
