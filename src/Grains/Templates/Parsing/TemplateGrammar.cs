using Fluid;
using Fluid.Ast;
using Fluid.Parser;
using Parlot;
using Parlot.Fluent;

namespace Marketing.Templates;

/// <summary>
/// Fluid's grammar of tags, told what is wrong and where: Fluid stops at the first thing it does not know and says what it would have liked. Values, filters and the
/// bodies of blocks are read by parsers of this engine, and what its tags become is right by the reference implementation (docs/templates.md).
/// </summary>
internal sealed partial class TemplateGrammar : FluidParser
{
    private static readonly TemplateGrammar Instance = new();
    private static readonly string[] Blocks = ["if", "unless", "case", "for", "tablerow", "capture", "liquid"];
    private static readonly string[] Branches = ["else", "elsif", "when"];

    private TemplateGrammar()
        : base(new FluidParserOptions { AllowLiquidTag = true })
    {
        foreach (var tag in (string[])["include", "render", "ifchanged"])
        {
            RegisteredTags.Remove(tag);
        }

        RegisteredOperators.Clear();
        foreach (var (symbol, holds) in LiquidComparison.All)
        {
            RegisteredOperators[symbol] = (left, right) => Expressions.Compare(left, right, holds);
        }

        Primary.Parser = new ValueParser();
        FilterExpression.Parser = new ChainParser(Primary);
        AnyTagsList.Parser = new BodyParser(this);

        var branch = ZeroOrOne(CreateTag("else").SkipAnd(AnyTagsList));
        var modifiers = ZeroOrMany(ZeroOrOne(Comma).SkipAnd(OneOf(
            Terms.Text("reversed").Then(word => (Word: word, Value: (Expression?)null)),
            OneOf(Terms.Text("limit"), Terms.Text("offset"), Terms.Text("cols")).AndSkip(Colon).And(Primary).Then(part => (Word: part.Item1, Value: (Expression?)part.Item2)))));
        var loop = Identifier.ElseError("A name is expected for the loop variable.").AndSkip(Terms.Text("in").ElseError("'in' is expected after the loop variable."))
            .And(Primary).And(modifiers).AndSkip(TagEnd).And(AnyTagsList);
        RegisteredTags["for"] = loop.And(branch).AndSkip(CreateTag("endfor")).Then<Statement>(parsed =>
            new ForStatement(parsed.Item4, parsed.Item1, parsed.Item2, Of(parsed.Item3, "limit"), Of(parsed.Item3, "offset"), parsed.Item3.Any(part => part.Word == "reversed"),
                new ElseStatement(parsed.Item5 ?? [])));
        RegisteredTags["tablerow"] = loop.AndSkip(CreateTag("endtablerow")).Then<Statement>(parsed =>
            new TableRowStatement(parsed.Item4, parsed.Item1, parsed.Item2, Of(parsed.Item3, "limit"), Of(parsed.Item3, "offset"), Of(parsed.Item3, "cols")));
        RegisteredTags["unless"] = LogicalExpression.AndSkip(TagEnd).And(AnyTagsList)
            .And(ZeroOrMany(TagStart.SkipAnd(Terms.Text("elsif")).SkipAnd(LogicalExpression).AndSkip(TagEnd).And(AnyTagsList))).And(branch).AndSkip(CreateTag("endunless"))
            .Then<Statement>(parsed => new IfStatement(
                Expressions.Not(parsed.Item1), parsed.Item2, new ElseStatement(parsed.Item4 ?? []), [.. parsed.Item3.Select(other => new ElseIfStatement(other.Item1, other.Item2))]));
        RegisteredTags["liquid"] = new LiquidTag(AnyTagsList.Parser, TagEnd);
    }

    /// <summary>Reads a template; problems are in what is returned.</summary>
    public static (Reading Reading, IReadOnlyList<Statement> Statements) Read(string source, TemplateKind kind, CancellationToken deadline)
    {
        var reading = new Reading(source, kind, deadline);
        ParseResult<IReadOnlyList<Statement>> result = default;
        try
        {
            Instance.AnyTagsList.Parser!.Parse(reading, ref result);
        }
        catch (MarkupException problem)
        {
            reading.Problems.Add(reading.At(problem.Offset, problem.Message));
        }

        return (reading, result.Value ?? []);
    }

    private static Expression? Of(IReadOnlyList<(string Word, Expression? Value)> parts, string word) => parts.LastOrDefault(part => part.Word == word).Value;

    private string NameOfTag(Reading reading)
    {
        ParseResult<TagResult> edge = default;
        TagStart.Parse(reading, ref edge);
        reading.SkipWhiteSpace();
        if (reading.Current == '#')
        {
            reading.MoveTo(reading.Offset + 1);
            return "#";
        }

        var name = ValueParser.NameAt(reading);
        reading.Reached();
        return name;
    }

    private static Placed Shown(Reading reading, Expression value)
    {
        var shown = reading.Kind == TemplateKind.TextOfHtml && value is Call call && TextFilters.Escaping.Contains(call.Filter) ? call.Input : value;
        return new Placed(reading.At(reading.Place), (writer, run) => Statements.Print(writer, run, shown.Now(run)));
    }

    /// <summary>What Fluid's statements become here.</summary>
    private static Statement Own(Reading reading, Statement parsed, int open)
    {
        var place = reading.At(open);
        switch (parsed)
        {
            case OutputStatement output:
                return Shown(reading, output.Expression);
            case AssignStatement assign:
                reading.Locals.Add(assign.Identifier);
                var assigned = assign.Value is Call { Filter: "raw" } call ? call.Input : assign.Value;
                return new Placed(reading.At(reading.Place), (_, run) => run.SetValue(assign.Identifier, assigned.Now(run)));
            case CaptureStatement capture:
                reading.Locals.Add(capture.Identifier);
                return Statements.Capture(capture.Identifier, capture.Statements);
            case CycleStatement { Group: { } group } cycle:
                return new Placed(place, (writer, run) => Statements.Cycle(writer, run, $"group {LiquidText.Of(group.Now(run))}", cycle.Values));
            case CycleStatement cycle:
                // As in the reference implementation: what names variables is a cycle of its own, what names only texts is one with all that name the same.
                var key = $"cycle {(cycle.Values.All(value => value is LiteralExpression) ? reading.Source[open..reading.Offset] : open)}";
                return new Placed(place, (writer, run) => Statements.Cycle(writer, run, key, cycle.Values));
            case IncrementStatement or DecrementStatement:
                var name = (parsed as IncrementStatement)?.Identifier ?? ((DecrementStatement)parsed).Identifier;
                reading.Locals.Add(name);
                return name.Length == 0 ? throw reading.Unexpected("A name is expected here.")
                    : new Placed(place, (writer, run) => Statements.Count(writer, run, name, parsed is DecrementStatement));
            case CaseStatement choice:
                return Statements.Case(choice);
            case TableRowStatement row:
                reading.Locals.UnionWith([row.Identifier, "tablerowloop"]);
                return row;
            case ForStatement loop:
                reading.Locals.UnionWith([loop.Identifier, "forloop", "continue"]);
                return new Block(new Loop(loop, place).Run);
            default:
                return parsed;
        }
    }
}
