using System.Globalization;
using Fluid.Ast;
using Fluid.Values;
using Parlot.Fluent;

namespace Marketing.Templates;

/// <summary>
/// A variable, text, number or range, in place of Fluid's own parser for them: this one notes where every variable stands, bounds what is nested in each other, and
/// takes letters of all scripts.
/// </summary>
internal sealed class ValueParser : Parser<Expression>
{
    // Indexes in indexes are read recursively.
    private const int MaxDepth = 5;

    private static readonly Dictionary<string, FluidValue> Words = new()
    {
        ["true"] = BooleanValue.True,
        ["false"] = BooleanValue.False,
        ["nil"] = NilValue.Instance,
        ["null"] = NilValue.Instance,
        ["empty"] = EmptyValue.Instance,
        ["blank"] = BlankValue.Instance,
    };

    public override bool Parse(ParseContext context, ref Parlot.ParseResult<Expression> result)
    {
        var (reading, cursor) = ((Reading)context, context.Scanner.Cursor);
        var before = cursor.Position;
        context.SkipWhiteSpace();
        var start = cursor.Offset;
        if (Value(reading) is not { } value)
        {
            cursor.ResetPosition(before);
            return false;
        }

        reading.Reached();
        result.Set(start, cursor.Offset, value);
        return true;
    }

    private static Expression? Value(Reading reading) => reading.Current switch
    {
        '"' or '\'' => Text(reading),
        '(' => Range(reading),
        '-' or '+' when char.IsAsciiDigit(reading.Next) => Number(reading),
        >= '0' and <= '9' => Number(reading),
        '_' => Variable(reading),
        var c => char.IsLetter(c) ? Variable(reading) : null,
    };

    private static LiteralExpression Text(Reading reading)
    {
        var open = reading.Offset;
        var close = reading.Source.IndexOf(reading.Current, open + 1);
        if (close < 0)
        {
            throw Reading.Problem(open, "The text that starts here is not closed by a quote.");
        }

        reading.MoveTo(close + 1);
        return new LiteralExpression(new StringValue(reading.Source[(open + 1)..close]));
    }

    private static LiteralExpression Number(Reading reading)
    {
        var (start, end) = (reading.Offset, reading.EndOfDigits(reading.Offset + 1));

        // One dot followed by a digit is a fraction; two are a range.
        end = end + 1 < reading.Source.Length && reading.Source[end] == '.' && char.IsAsciiDigit(reading.Source[end + 1]) ? reading.EndOfDigits(end + 1) : end;
        reading.MoveTo(end);
        return decimal.TryParse(reading.Source.AsSpan(start, end - start), NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            ? new LiteralExpression(NumberValue.Create(number)) : throw Reading.Problem(start, "This number is too long.");
    }

    private static Expression Range(Reading reading)
    {
        var open = reading.Offset;
        reading.MoveTo(open + 1);
        var from = Bound(reading, "..");
        return Expressions.Range(from, Bound(reading, ")"));
    }

    private static Expression Bound(Reading reading, string after)
    {
        reading.SkipWhiteSpace();
        var at = reading.Offset;
        var bound = reading.Current != '(' && Value(reading) is { } value ? value : throw Reading.Problem(at, "A range goes from one value to another.");
        reading.SkipWhiteSpace();
        if (!reading.Scanner.Cursor.Match(after))
        {
            throw Reading.Problem(reading.Offset, $"'{after}' is expected here.");
        }

        reading.MoveTo(reading.Offset + after.Length);
        return bound;
    }

    private static Expression Variable(Reading reading)
    {
        var start = reading.Offset;
        var root = NameAt(reading);
        var steps = new List<(string? Name, Expression? Index)>();
        while (true)
        {
            if (reading.Current == '.' && (reading.Next == '_' || char.IsLetterOrDigit(reading.Next)))
            {
                reading.MoveTo(reading.Offset + 1);
                steps.Add((NameAt(reading), null));
            }
            else if (reading.Current == '[')
            {
                steps.Add(Index(reading));
            }
            else
            {
                break;
            }
        }

        var text = reading.Source[start..reading.Offset];
        if (steps.Count == 0 && Words.TryGetValue(text, out var word))
        {
            return new LiteralExpression(word);
        }

        // Up to the first index that is only known while rendering.
        reading.Uses[start] = new VariableUse([root, .. steps.TakeWhile(step => step.Name is not null).Select(step => step.Name!)], start);
        return Expressions.Path(root, steps, text);
    }

    private static (string? Name, Expression? Index) Index(Reading reading)
    {
        var open = reading.Offset;
        if (++reading.Depth > MaxDepth)
        {
            throw Reading.Problem(open, $"Indexes may be nested {MaxDepth} deep.");
        }

        reading.MoveTo(open + 1);
        reading.SkipWhiteSpace();
        var index = Value(reading) ?? throw Reading.Problem(open, "An index is a text in quotes, a number or a variable.");
        reading.SkipWhiteSpace();
        reading.Depth--;
        if (reading.Current != ']')
        {
            throw Reading.Problem(open, "The index that starts here is not closed by ']'.");
        }

        reading.MoveTo(reading.Offset + 1);
        return index is LiteralExpression { Value: StringValue name } ? (name.ToStringValue(), null) : (null, index);
    }

    /// <summary>Letters, digits, lines and hyphens, and perhaps a question mark; a hyphen before the end of a tag is the tag's.</summary>
    public static string NameAt(Reading reading)
    {
        var (source, start) = (reading.Source, reading.Offset);
        var end = start;
        while (end < source.Length && (char.IsLetterOrDigit(source[end]) || source[end] == '_' || (source[end] == '-' && end + 1 < source.Length && source[end + 1] is not ('}' or '%'))))
        {
            end++;
        }

        reading.MoveTo(end < source.Length && source[end] == '?' ? end + 1 : end);
        return source[start..reading.Offset];
    }
}
