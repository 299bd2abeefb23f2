using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;

namespace Marketing.Channels.Email;

/// <summary>What a reader sees of the HTML of a mail, in the order in which it is seen.</summary>
/// <param name="Words">All of the text, without the room between words.</param>
/// <param name="Links">Where its links lead.</param>
/// <param name="Pictures">Address and alternative text of its pictures.</param>
/// <param name="PictureWidths">How wide they are.</param>
/// <param name="Columns">Widths of the columns as Word reads them.</param>
/// <param name="Width">Of the content as Word reads it.</param>
internal sealed partial record ShownMail(string Words, IReadOnlyList<string> Links, IReadOnlyList<string> Pictures, IReadOnlyList<int> PictureWidths, IReadOnlyList<int> Columns, int Width)
{
    public static ShownMail Of(string html)
    {
        var page = new HtmlParser().ParseDocument(html);
        return new ShownMail(
            Filler().Replace(page.Body!.TextContent, ""),
            [.. page.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href")!)],
            [.. page.QuerySelectorAll("img").Select(image => $"{image.GetAttribute("src")} {image.GetAttribute("alt")}")],
            [.. page.QuerySelectorAll("img").Select(image => int.Parse(image.GetAttribute("width")!, System.Globalization.CultureInfo.InvariantCulture))],
            [.. Column().Matches(html).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))],
            int.Parse(Whole().Match(html).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"[\s\u00a0\u034f\u200c]+")]
    private static partial Regex Filler();

    [GeneratedRegex(@"<!--\[if mso(?: \| IE)?\]>(?:<table[^>]*><tr>|</td>)?<td[^>]*?style=""[^""]*?width:(\d+)px")]
    private static partial Regex Column();

    [GeneratedRegex(@"<!--\[if mso(?: \| IE)?\]><table[^>]*? width=""(\d+)""[^>]*><tr><td")]
    private static partial Regex Whole();
}
