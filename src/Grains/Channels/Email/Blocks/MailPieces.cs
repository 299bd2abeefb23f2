namespace Marketing.Channels.Email;

/// <summary>The templates in a document, by where they stand, so that what is wrong with one is told where it was written.</summary>
internal static class MailPieces
{
    public static IReadOnlyList<MailPiece> Of(MailDocument document)
    {
        var pieces = new List<MailPiece>();
        Add(pieces, "preheader", document.Preheader);
        Add(pieces, "header.logo", document.Header?.Logo);
        Blocks(pieces, "blocks", document.Blocks);
        Add(pieces, "footer.unsubscribe_text", document.Footer?.UnsubscribeText);
        return pieces;
    }

    /// <summary>The paths of what has to be there and is not.</summary>
    public static IEnumerable<string> Missing(IReadOnlyList<MailBlock> blocks, string path = "blocks") => blocks.Index().SelectMany(block => Missing(block.Item, $"{path}[{block.Index}]"));

    private static IEnumerable<string> Missing(MailBlock block, string path)
    {
        return block switch
        {
            ImageBlock image => Empty((image.Src, "src")),
            ButtonBlock button => Empty((button.Text, "text"), (button.Href, "href")),
            SocialBlock { Links.Count: 0 } => [$"{path}.links"],
            SocialBlock social => social.Links.Index().Where(static link => string.IsNullOrWhiteSpace(link.Item.Url)).Select(link => $"{path}.links[{link.Index}].url"),
            ColumnsBlock columns => columns.Columns.Index().SelectMany(column => Missing(column.Item.Blocks, $"{path}.columns[{column.Index}].blocks")),
            QrBlock qr => Empty((qr.Value, "value")),
            BarcodeBlock barcode => Empty((barcode.Value, "value")),
            _ => [],
        };

        IEnumerable<string> Empty(params (string? Value, string Name)[] fields) => fields.Where(static field => string.IsNullOrWhiteSpace(field.Value)).Select(field => $"{path}.{field.Name}");
    }

    private static void Blocks(List<MailPiece> pieces, string path, IReadOnlyList<MailBlock> blocks)
    {
        for (var i = 0; i < blocks.Count; i++)
        {
            Block(pieces, $"{path}[{i}]", blocks[i]);
        }
    }

    private static void Block(List<MailPiece> pieces, string path, MailBlock block)
    {
        switch (block)
        {
            case TextBlock text:
                foreach (var (i, node) in text.Content.Index())
                {
                    Node(pieces, $"{path}.content[{i}]", node);
                }

                break;
            case HeadingBlock heading:
                Inline(pieces, $"{path}.content", heading.Content);
                break;
            case ImageBlock image:
                Add(pieces, $"{path}.src", image.Src);
                Add(pieces, $"{path}.alt", image.Alt);
                Add(pieces, $"{path}.href", image.Href);
                break;
            case ButtonBlock button:
                Add(pieces, $"{path}.text", button.Text);
                Add(pieces, $"{path}.href", button.Href);
                break;
            case SocialBlock social:
                foreach (var (i, link) in social.Links.Index())
                {
                    Add(pieces, $"{path}.links[{i}].url", link.Url);
                }

                break;
            case ColumnsBlock columns:
                foreach (var (i, column) in columns.Columns.Index())
                {
                    Blocks(pieces, $"{path}.columns[{i}].blocks", column.Blocks);
                }

                break;
            case QrBlock qr:
                Add(pieces, $"{path}.value", qr.Value);
                Add(pieces, $"{path}.src", qr.Src);
                break;
            case BarcodeBlock barcode:
                Add(pieces, $"{path}.value", barcode.Value);
                Add(pieces, $"{path}.src", barcode.Src);
                break;
        }
    }

    private static void Node(List<MailPiece> pieces, string path, RichNode node)
    {
        switch (node)
        {
            case ParagraphNode paragraph:
                Inline(pieces, $"{path}.content", paragraph.Content);
                break;
            case HeadingNode heading:
                Inline(pieces, $"{path}.content", heading.Content);
                break;
            case ListNode list:
                foreach (var (i, item) in list.Items.Index())
                {
                    Inline(pieces, $"{path}.items[{i}].content", item.Content);
                }

                break;
        }
    }

    private static void Inline(List<MailPiece> pieces, string path, IReadOnlyList<InlineNode> content)
    {
        foreach (var (i, node) in content.Index())
        {
            Add(pieces, $"{path}[{i}].text", (node as TextRun)?.Text);
            Add(pieces, $"{path}[{i}].name", node is VariableRun variable ? LiquidHtml.Of(variable) : null);
            Add(pieces, $"{path}[{i}].marks.link", node.Marks?.Link);
        }
    }

    // What has no braces is no template.
    private static void Add(List<MailPiece> pieces, string path, string? source)
    {
        if (source?.Contains('{') is true)
        {
            pieces.Add(new MailPiece(path, source));
        }
    }
}
