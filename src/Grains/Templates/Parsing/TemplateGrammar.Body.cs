using Fluid.Ast;
using Fluid.Parser;
using Parlot;
using Parlot.Fluent;

namespace Marketing.Templates;

/// <summary>How the bodies of blocks are read, of which the template is the outermost.</summary>
internal sealed partial class TemplateGrammar
{
    /// <summary>Everything up to the tag that ends or continues the block, which is left to the parser of the block.</summary>
    private sealed class BodyParser(TemplateGrammar grammar) : Parser<IReadOnlyList<Statement>>
    {
        private const int MaxProblems = 20;

        public override bool Parse(ParseContext context, ref ParseResult<IReadOnlyList<Statement>> result)
        {
            var (reading, cursor) = ((Reading)context, context.Scanner.Cursor);
            var (start, statements) = (cursor.Offset, new List<Statement>());
            while (More(reading))
            {
                var open = cursor.Position;
                if (!reading.InsideLiquidTag && !cursor.Match("{{") && !cursor.Match("{%"))
                {
                    statements.Add(Text(reading));
                    continue;
                }

                reading.Enter();
                if (cursor.Match("{{") && !reading.InsideLiquidTag)
                {
                    if (Try(reading, open.Offset, "}}", () => Output(reading)) is { } output)
                    {
                        statements.Add(output);
                    }

                    continue;
                }

                var name = grammar.NameOfTag(reading);
                if (Branches.Contains(name) || name.StartsWith("end", StringComparison.Ordinal))
                {
                    CheckBranch(reading, name, open.Offset);
                    cursor.ResetPosition(open);
                    break;
                }

                if (Blocks.Contains(name))
                {
                    reading.Open(name, open.Offset);
                    statements.Add(Tag(reading, name, open.Offset));
                    reading.Close();
                }
                else if (Try(reading, open.Offset, "%}", () => Tag(reading, name, open.Offset)) is { } tag)
                {
                    statements.Add(tag);
                }
            }

            if (cursor.Eof)
            {
                reading.CheckOpen();
            }

            result.Set(start, cursor.Offset, statements);
            return true;
        }

        private static bool More(Reading reading)
        {
            if (reading.InsideLiquidTag)
            {
                reading.SkipWhiteSpace();
                return !reading.Scanner.Cursor.Eof && !reading.Scanner.Cursor.Match("%}") && !reading.Scanner.Cursor.Match("-%}");
            }

            return !reading.Scanner.Cursor.Eof;
        }

        /// <summary>What is wrong inside of a tag that is no block does not keep the rest from being read.</summary>
        private static Statement? Try(Reading reading, int open, string closing, Func<Statement> read)
        {
            try
            {
                return read();
            }
            catch (MarkupException problem) when (!problem.IsFinal && !reading.InsideLiquidTag && reading.Problems.Count < MaxProblems
                && reading.Source.IndexOf(closing, Math.Max(open, problem.Offset), StringComparison.Ordinal) is > 0 and var end)
            {
                reading.Problems.Add(reading.At(problem.Offset, problem.Message));
                reading.MoveTo(end + 2);
                return null;
            }
        }

        private static TextSpanStatement Text(Reading reading)
        {
            var (source, start) = (reading.Source, reading.Offset);
            var end = source.IndexOf('{', start);
            while (end >= 0 && (end + 1 >= source.Length || source[end + 1] is not ('{' or '%')))
            {
                end = source.IndexOf('{', end + 1);
            }

            reading.MoveTo(end < 0 ? source.Length : end);
            var text = new TextSpanStatement(new TextSpan(source, start, reading.Offset - start))
            {
                StripLeft = reading.StripNextTextSpanStatement,
                PreviousIsTag = reading.PreviousIsTag,
                PreviousIsOutput = reading.PreviousIsOutput,
            };
            reading.StripNextTextSpanStatement = false;
            reading.PreviousTextSpanStatement = text;
            return text;
        }

        private Placed Output(Reading reading)
        {
            ParseResult<TagResult> edge = default;
            ParseResult<Expression> value = default;
            grammar.OutputStart.Parse(reading, ref edge);
            grammar.FilterExpression.Parse(reading, ref value);
            return grammar.OutputEnd.Parse(reading, ref edge) ? Shown(reading, value.Value) : throw reading.Unexpected("");
        }

        private Statement Tag(Reading reading, string name, int open)
        {
            ParseResult<Statement> result = default;
            if (!grammar.RegisteredTags.TryGetValue(name, out var parser))
            {
                throw Reading.Problem(open, name.Length == 0 ? "The name of a tag is expected here."
                    : $"There is no tag '{name}'.{Suggestion.For(name, grammar.RegisteredTags.Keys.Concat(Branches))}");
            }

            if (name is "break" or "continue" && !reading.IsInLoop)
            {
                throw Reading.Problem(open, $"'{name}' belongs inside 'for'.");
            }

            try
            {
                return parser.Parse(reading, ref result) ? Own(reading, result.Value, open) : throw reading.Unexpected("A variable or a value is expected here.");
            }
            catch (Parlot.ParseException problem)
            {
                if (name is "raw" or "comment")
                {
                    throw new MarkupException($"'{name}' is not closed by 'end{name}'.", open) { IsFinal = true };
                }

                reading.Reached(problem.Position.Offset);
                throw problem.Message.Contains("expected after", StringComparison.Ordinal) || problem.Message.Contains("expected for", StringComparison.Ordinal)
                        ? reading.Unexpected(problem.Message) is var found && found.Message.StartsWith("'{%", StringComparison.Ordinal) ? found
                            : Reading.Problem(found.Offset, problem.Message.TrimEnd('.') + ".")
                    : reading.Unexpected("A variable or a value is expected here.");
            }
        }

        private static void CheckBranch(Reading reading, string name, int open)
        {
            var parents = name switch { "else" => new[] { "if", "unless", "case", "for" }, "elsif" => ["if", "unless"], "when" => ["case"], _ => [] };
            if (parents.Length == 0)
            {
                reading.CheckEnd(name, open);
            }
            else if (!reading.IsInside(parents))
            {
                throw Reading.Problem(open, $"'{name}' belongs inside {string.Join(", ", parents.Select(parent => $"'{parent}'"))}.");
            }
        }
    }

    /// <summary><c>{% liquid … %}</c>: a tag on each line.</summary>
    private sealed class LiquidTag(Parser<IReadOnlyList<Statement>> body, Parser<TagResult> end) : Parser<Statement>
    {
        public override bool Parse(ParseContext context, ref ParseResult<Statement> result)
        {
            var (reading, start) = ((Reading)context, context.Scanner.Cursor.Offset);
            if (reading.InsideLiquidTag)
            {
                return false;
            }

            ParseResult<IReadOnlyList<Statement>> lines = default;
            ParseResult<TagResult> edge = default;
            reading.InsideLiquidTag = true;
            body.Parse(context, ref lines);
            reading.InsideLiquidTag = false;
            end.Parse(context, ref edge);
            result.Set(start, reading.Offset, new LiquidStatement(lines.Value));
            return true;
        }
    }
}
