using Fluid.Ast;
using Parlot;
using Parlot.Fluent;

namespace Marketing.Templates;

/// <summary>A value and the filters it goes through, in place of Fluid's: filters are looked up when a template is read, not when it is rendered.</summary>
internal sealed class ChainParser(Parser<Expression> value) : Parser<Expression>
{
    public override bool Parse(ParseContext context, ref ParseResult<Expression> result)
    {
        var reading = (Reading)context;
        reading.SkipWhiteSpace();
        var start = reading.Place = reading.Offset;
        var chain = Value(reading);
        while (Follows(reading, '|'))
        {
            // What only says how the end is printed says nothing before it.
            chain = Filter(reading, chain is Call { Filter: "raw" } call ? call.Input : chain);
        }

        reading.Reached();
        reading.Place = start;
        result.Set(start, reading.Offset, chain);
        return true;
    }

    private Expression Value(Reading reading)
    {
        ParseResult<Expression> result = default;
        return value.Parse(reading, ref result) ? result.Value : throw reading.Unexpected("A variable or a value is expected here.");
    }

    private Call Filter(Reading reading, Expression input)
    {
        reading.SkipWhiteSpace();
        var at = reading.Offset;
        var name = ValueParser.NameAt(reading);
        if (!LiquidFilter.All.TryGetValue(name, out var filter))
        {
            throw Reading.Problem(at, name.Length == 0 ? "The name of a filter is expected after '|'." : $"There is no filter '{name}'.{Suggestion.For(name, LiquidFilter.All.Keys)}");
        }

        var arguments = new List<Expression>();
        for (var more = Follows(reading, ':'); more; more = Follows(reading, ','))
        {
            var (argument, named) = (Value(reading), Follows(reading, ':'));
            if (named && argument.ToString() != filter.Named)
            {
                throw Reading.Problem(at, $"The filter '{filter.Name}' has no option '{argument}'.");
            }

            arguments.Add(named ? Value(reading) : argument);
        }

        return arguments.Count >= filter.MinArguments && arguments.Count <= filter.MaxArguments ? new Call(input, filter, [.. arguments])
            : throw Reading.Problem(at, $"The filter '{filter.Name}' takes {filter.Takes}, not {arguments.Count}.");
    }

    private static bool Follows(Reading reading, char symbol)
    {
        var before = reading.Scanner.Cursor.Position;
        reading.SkipWhiteSpace();
        if (reading.Current == symbol)
        {
            reading.MoveTo(reading.Offset + 1);
            return true;
        }

        reading.Scanner.Cursor.ResetPosition(before);
        return false;
    }
}
