using System.Text.RegularExpressions;
using Marketing.Http;

namespace Marketing.Channels;

/// <summary>Reads texts of blocks.</summary>
internal static partial class RichTextReader
{
    private const int MaxNodes = 200;
    private const int MaxItems = 200;
    private const int MaxRuns = 500;
    private const int MaxText = 20_000;

    public static IReadOnlyList<RichNode> Nodes(Payload block) => [.. (block.List("content", MaxNodes) ?? []).Select(static node => Node(node.AsObject()))];

    public static IReadOnlyList<InlineNode> Inline(Payload node) => [.. (node.List("content", MaxRuns) ?? []).Select(static run => Run(run.AsObject()))];

    private static RichNode Node(Payload node) => node.OneOf("type", "paragraph", "heading", "list") switch
    {
        "paragraph" => new ParagraphNode { Content = Inline(node), Align = node.Align() },
        "heading" => new HeadingNode { Level = (int?)node.Integer("level", 1, 3), Content = Inline(node) },
        "list" => new ListNode { Ordered = node.Flag("ordered"), Items = [.. (node.List("items", MaxItems) ?? []).Select(static item => new ListItem { Content = Inline(item.AsObject()) })] },
        _ => throw node.Missing("type"),
    };

    private static InlineNode Run(Payload run)
    {
        InlineNode read = run.OneOf("type", "text", "variable", "break") switch
        {
            "text" => new TextRun { Text = run.Text("text", MaxText) },
            "variable" => new VariableRun { Name = Name(run), Fallback = Fallback(run), Format = run.OneOf("format", "money", "date") },
            "break" => new BreakRun(),
            _ => throw run.Missing("type"),
        };
        return read with { Marks = run.Object("marks") is { } marks ? Marks(marks) : null };
    }

    private static string Name(Payload run)
    {
        var name = run.Line("name", 300) ?? throw run.Missing("name");
        return Variable().IsMatch(name) ? name : throw run.Refuse(".name", "must be a variable such as customer.name");
    }

    // It stands between quotes in a template.
    private static string? Fallback(Payload run)
    {
        var text = run.Line("fallback", 300);
        return text is null || (!text.AsSpan().ContainsAny('{', '}', '%') && !(text.Contains('"') && text.Contains('\''))) ? text
            : throw run.Refuse(".fallback", "must NOT contain braces, percent signs or both kinds of quotes");
    }

    private static TextMarks Marks(Payload marks) => new()
    {
        Bold = marks.Flag("bold"),
        Italic = marks.Flag("italic"),
        Underline = marks.Flag("underline"),
        Strike = marks.Flag("strike"),
        Link = marks.Link("link", MailLinks.Any),
        Color = marks.Color("color"),
        Size = marks.LetterSize(),
    };

    [GeneratedRegex(@"\A[\p{L}_][\p{L}\p{Nd}_-]*(?:\.[\p{L}_][\p{L}\p{Nd}_-]*|\[(?:\d{1,4}|'[^'{}%]{1,100}'|""[^""{}%]{1,100}"")\])*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Variable();
}
