using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Marketing.Channels.Email;

/// <summary>What does not keep a mail from going out, and may still not be what its author wants. Pure.</summary>
internal static partial class MailReview
{
    /// <summary>Mail programs cut off what is longer than about 102 KB; what readers have in place of variables comes on top.</summary>
    public const int LongHtml = 90_000;

    public static IEnumerable<FieldProblem> Of(ChannelTemplate? template)
    {
        var field = template?.Blocks is null ? "template.html" : "template.blocks";
        var html = template?.Blocks is { } document ? MailCompiler.Compile(document, brand: null).Html : template?.Html;
        if (html is null)
        {
            yield break;
        }

        if (Encoding.UTF8.GetByteCount(html) is >= LongHtml and var bytes)
        {
            yield return new FieldProblem(field, string.Create(CultureInfo.InvariantCulture, $"The HTML has {bytes / 1000} kB; Gmail cuts off what is longer than about 102 kB, and the unsubscribe link with it.")) { Code = "long" };
        }

        // Of what is written by hand not all is advertising; mail programs show their own button in any case.
        if (template!.Blocks is null && !HasUnsubscribe(html))
        {
            yield return new FieldProblem(field, "There is no unsubscribe link; {{ unsubscribe_url }} is its address.") { Code = "no_unsubscribe" };
        }
    }

    /// <summary>What keeps a document from going out although all of its templates are in order.</summary>
    /// <param name="document">The document.</param>
    /// <param name="html">What was made of it; null where nothing could be.</param>
    public static IEnumerable<FieldProblem> Problems(MailDocument document, string? html)
    {
        foreach (var path in MailPieces.Missing(document.Blocks))
        {
            yield return FieldProblem.Missing($"template.blocks.{path}");
        }

        if (document.Blocks.Count == 0)
        {
            yield return FieldProblem.Missing("template.blocks.blocks");
        }

        if (html is not null && !HasUnsubscribe(html))
        {
            yield return new FieldProblem("template.blocks", "needs an unsubscribe link: a footer, or {{ unsubscribe_url }} as the address of a link or button") { Code = "unsubscribe" };
        }
    }

    /// <summary>Whether a template shows where to unsubscribe.</summary>
    private static bool HasUnsubscribe(string html) => Output().IsMatch(html);

    [GeneratedRegex(@"\{\{-?\s*unsubscribe_url\b")]
    private static partial Regex Output();
}
