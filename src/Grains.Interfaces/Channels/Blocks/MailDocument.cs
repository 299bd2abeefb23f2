namespace Marketing.Channels;

/// <summary>
/// An email as blocks, which the engine makes into HTML that mail programs show, and into text. Texts and addresses are Liquid templates, each complete in itself: a tag that begins in one ends in it.
/// Colours are <c>#rgb</c> or <c>#rrggbb</c>, lengths CSS pixels. What is absent is as by default.
/// </summary>
[GenerateSerializer, Immutable, Alias("mail-document")]
public sealed record MailDocument
{
    /// <summary>The version of the format: 1.</summary>
    [Id(0)] public int Version { get; init; } = 1;

    /// <summary>What lists of mails show beside the subject.</summary>
    [Id(1)] public string? Preheader { get; init; }

    /// <summary>Language of the texts, for those who have them read aloud: <c>en</c>, <c>pl</c>. <c>en</c> when absent.</summary>
    [Id(2)] public string? Language { get; init; }

    /// <summary>Widths, colours and letters.</summary>
    [Id(3)] public MailSettings? Settings { get; init; }

    /// <summary>The logo of the brand at the top; absent means none.</summary>
    [Id(4)] public MailTop? Header { get; init; }

    /// <summary>The content, from top to bottom.</summary>
    [Id(5)] public IReadOnlyList<MailBlock> Blocks { get; init; } = [];

    /// <summary>Who writes, from the brand details, and the unsubscribe link; absent means none, and then a link has to be among the blocks.</summary>
    [Id(6)] public MailBottom? Footer { get; init; }
}

/// <summary>How an email looks.</summary>
[GenerateSerializer, Immutable, Alias("mail-document.settings")]
public sealed record MailSettings
{
    /// <summary>Of the content, 320 to 900; 600 when absent, which all mail programs show whole.</summary>
    [Id(0)] public int? Width { get; init; }

    /// <summary>Colour around the content.</summary>
    [Id(1)] public string? Background { get; init; }

    /// <summary>Colour behind the content.</summary>
    [Id(2)] public string? Surface { get; init; }

    /// <summary>Colour of texts.</summary>
    [Id(3)] public string? TextColor { get; init; }

    /// <summary>Colour of links, and of buttons that have none of their own.</summary>
    [Id(4)] public string? LinkColor { get; init; }

    /// <summary><c>sans</c>, <c>serif</c> or <c>mono</c>: letters that every machine has.</summary>
    [Id(5)] public string? Font { get; init; }
}

/// <summary>The top of an email: the logo of the brand, or its name where there is no logo. It leads to the brand's website.</summary>
[GenerateSerializer, Immutable, Alias("mail-document.header")]
public sealed record MailTop
{
    /// <summary>Address of another picture than the brand's logo.</summary>
    [Id(0)] public string? Logo { get; init; }

    /// <summary>Width of the logo; 160 when absent.</summary>
    [Id(1)] public int? Width { get; init; }

    /// <summary><c>left</c>, <c>center</c> or <c>right</c>.</summary>
    [Id(2)] public string? Align { get; init; }

    /// <summary>Colour behind it.</summary>
    [Id(3)] public string? Background { get; init; }
}

/// <summary>The bottom of an email: name, address and contact of the brand, its policies, why the reader gets this, and the link to unsubscribe.</summary>
[GenerateSerializer, Immutable, Alias("mail-document.footer")]
public sealed record MailBottom
{
    /// <summary>What the unsubscribe link says; <c>Unsubscribe</c> when absent.</summary>
    [Id(0)] public string? UnsubscribeText { get; init; }

    /// <summary><c>left</c>, <c>center</c> or <c>right</c>.</summary>
    [Id(1)] public string? Align { get; init; }

    /// <summary>Colour of its texts.</summary>
    [Id(2)] public string? Color { get; init; }

    /// <summary>Colour behind it.</summary>
    [Id(3)] public string? Background { get; init; }
}
