using System.Text.RegularExpressions;
using Marketing.Branding;

namespace Marketing.Channels.Email;

/// <summary>Makes HTML of a document for an author who goes on with it by hand. Liquid stays in it. Pure.</summary>
internal static partial class MailCopy
{
    /// <summary>The HTML, and how many pictures of codes are not in it.</summary>
    public static (string Html, int LostPictures) Of(MailDocument document, BrandDetails? brand)
    {
        var lost = 0;
        var html = MailCompiler.Compile(document with { Blocks = Addressed(document.Blocks, ref lost) }, brand).Html;
        return (html, lost);
    }

    // What is drawn for each reader travels with mails of blocks alone. A published code has pictures by address; of anything else what is in it is written.
    private static List<MailBlock> Addressed(IReadOnlyList<MailBlock> blocks, ref int lost)
    {
        var addressed = new List<MailBlock>(blocks.Count);
        foreach (var block in blocks)
        {
            addressed.Add(block switch
            {
                QrBlock { Src: null } qr when IsCode(qr.Value) => qr with { Src = "{{ voucher.qr_url }}" },
                BarcodeBlock { Src: null } barcode when IsCode(barcode.Value) => barcode with { Src = "{{ voucher.barcode_url }}" },
                QrBlock { Src: null } qr => Written(qr, qr.Value, ref lost),
                BarcodeBlock { Src: null } barcode => Written(barcode, barcode.Value, ref lost),
                ColumnsBlock columns => columns with { Columns = Addressed(columns.Columns, ref lost) },
                _ => block,
            });
        }

        return addressed;
    }

    private static List<MailColumn> Addressed(IReadOnlyList<MailColumn> columns, ref int lost)
    {
        var addressed = new List<MailColumn>(columns.Count);
        foreach (var column in columns)
        {
            addressed.Add(column with { Blocks = Addressed(column.Blocks, ref lost) });
        }

        return addressed;
    }

    private static HeadingBlock Written(MailBlock code, string? value, ref int lost)
    {
        lost++;
        return new HeadingBlock { Padding = code.Padding, Background = code.Background, Align = code.Align ?? "center", Level = 3, Content = [new TextRun { Text = value ?? "" }] };
    }

    private static bool IsCode(string? value) => value is not null && PublishedCode().IsMatch(value);

    [GeneratedRegex(@"^\s*\{\{-?\s*voucher\.code\s*-?\}\}\s*$")]
    private static partial Regex PublishedCode();
}
