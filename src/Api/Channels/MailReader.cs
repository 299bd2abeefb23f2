using Marketing.Http;

namespace Marketing.Channels;

/// <summary>
/// Reads an email of blocks out of a body. What could never be shown is refused where it stands, so that what is stored is a document; what is missing in it is for the draft's validation to say.
/// </summary>
internal static class MailReader
{
    private const int MaxBlocks = 100;
    private const int MaxInColumn = 20;
    private const int MaxColumns = 4;
    private const int MaxLinks = 10;
    private const int MaxText = 20_000;
    private const int MaxLabel = 1_000;

    public static MailDocument Read(Payload document) => new()
    {
        Version = (int)(document.Integer("version", 1, 1) ?? 1),
        Preheader = document.Line("preheader", MaxLabel),
        Language = document.Line("language", 35),
        Settings = document.Object("settings") is { } settings ? ReadSettings(settings) : null,
        Header = document.Object("header") is { } header ? ReadHeader(header) : null,
        Blocks = [.. (document.List("blocks", MaxBlocks) ?? []).Select(static block => ReadBlock(block.AsObject(), isInColumn: false))],
        Footer = document.Object("footer") is { } footer ? ReadFooter(footer) : null,
    };

    private static MailSettings ReadSettings(Payload settings) => new()
    {
        Width = (int?)settings.Integer("width", 320, 900),
        Background = settings.Color("background"),
        Surface = settings.Color("surface"),
        TextColor = settings.Color("text_color"),
        LinkColor = settings.Color("link_color"),
        Font = settings.OneOf("font", "sans", "serif", "mono"),
    };

    private static MailTop ReadHeader(Payload header) => new()
    {
        Logo = header.Link("logo", MailLinks.Pictures),
        Width = (int?)header.Integer("width", 16, 900),
        Align = header.Align(),
        Background = header.Color("background"),
    };

    private static MailBottom ReadFooter(Payload footer) => new()
    {
        UnsubscribeText = footer.Line("unsubscribe_text", 300),
        Align = footer.Align(),
        Color = footer.Color("color"),
        Background = footer.Color("background"),
    };

    private static MailBlock ReadBlock(Payload block, bool isInColumn)
    {
        var read = ReadKind(block, isInColumn);
        return read with
        {
            Id = block.Line("id", 100),
            Padding = (int?)block.Integer("padding", 0, 120),
            Background = block.Color("background"),
            Align = block.Align(),
        };
    }

    private static MailBlock ReadKind(Payload block, bool isInColumn) => block.OneOf("type", "text", "heading", "image", "button", "divider", "social", "columns", "qr", "barcode") switch
    {
        "text" => new TextBlock { Content = RichTextReader.Nodes(block), Color = block.Color("color"), Size = block.LetterSize() },
        "heading" => new HeadingBlock { Level = (int?)block.Integer("level", 1, 3), Content = RichTextReader.Inline(block), Color = block.Color("color") },
        "image" => new ImageBlock
        {
            Src = block.Link("src", MailLinks.Pictures),
            Alt = block.Text("alt", MaxLabel),
            Width = (int?)block.Integer("width", 1, 900),
            Href = block.Link("href", MailLinks.Any),
        },
        "button" => new ButtonBlock
        {
            Text = block.Text("text", MaxLabel),
            Href = block.Link("href", MailLinks.Any),
            Fill = block.Color("fill"),
            Color = block.Color("color"),
            Radius = (int?)block.Integer("radius", 0, 60),
            FullWidth = block.Flag("full_width"),
        },
        "divider" => new DividerBlock { Color = block.Color("color"), Thickness = (int?)block.Integer("thickness", 1, 20) },
        "social" => new SocialBlock { Links = [.. (block.List("links", MaxLinks) ?? []).Select(static link => ReadSocial(link.AsObject()))] },
        "columns" => isInColumn ? throw block.Refuse(".type", "must NOT be columns within columns") : ReadColumns(block),
        "qr" => new QrBlock { Value = block.Line("value", MaxText), Src = block.Link("src", MailLinks.Pictures), Size = (int?)block.Integer("size", 60, 400) },
        "barcode" => new BarcodeBlock { Value = block.Line("value", MaxText), Src = block.Link("src", MailLinks.Pictures), Width = (int?)block.Integer("width", 60, 560) },
        _ => throw block.Missing("type"),
    };

    private static SocialLink ReadSocial(Payload link) => new()
    {
        Network = link.OneOf("network", [.. SocialLink.Networks]) ?? throw link.Missing("network"),
        Url = link.Link("url", MailLinks.Any),
    };

    private static ColumnsBlock ReadColumns(Payload block)
    {
        var columns = (block.List("columns", MaxColumns) ?? []).Select(static column => ReadColumn(column.AsObject())).ToList();
        if (columns.Count < 2)
        {
            throw block.Refuse(".columns", "must have 2 to 4 columns");
        }

        return columns.Any(static column => column.Share is not null) && (columns.Any(static column => column.Share is null) || columns.Sum(static column => column.Share) != 100)
            ? throw block.Refuse(".columns", "must have a share in each column or in none, which together are 100")
            : new ColumnsBlock { Columns = columns };
    }

    private static MailColumn ReadColumn(Payload column) => new()
    {
        Share = (int?)column.Integer("share", 10, 90),
        Blocks = [.. (column.List("blocks", MaxInColumn) ?? []).Select(static block => ReadBlock(block.AsObject(), isInColumn: true))],
    };
}
