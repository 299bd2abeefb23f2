using System.Text.Json.Serialization;

namespace Marketing.Channels;

/// <summary>A block of an email.</summary>
[GenerateSerializer, Immutable, Alias("mail-block")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TextBlock), "text")]
[JsonDerivedType(typeof(HeadingBlock), "heading")]
[JsonDerivedType(typeof(ImageBlock), "image")]
[JsonDerivedType(typeof(ButtonBlock), "button")]
[JsonDerivedType(typeof(DividerBlock), "divider")]
[JsonDerivedType(typeof(SocialBlock), "social")]
[JsonDerivedType(typeof(ColumnsBlock), "columns")]
[JsonDerivedType(typeof(QrBlock), "qr")]
[JsonDerivedType(typeof(BarcodeBlock), "barcode")]
public abstract record MailBlock
{
    /// <summary>The author's name for it; the engine does not look at it.</summary>
    [Id(0)] public string? Id { get; init; }

    /// <summary>Room above and below, 0 to 120; 12 when absent.</summary>
    [Id(1)] public int? Padding { get; init; }

    /// <summary>Colour behind it.</summary>
    [Id(2)] public string? Background { get; init; }

    /// <summary><c>left</c>, <c>center</c> or <c>right</c>. Texts are on the left when absent, everything else in the middle.</summary>
    [Id(3)] public string? Align { get; init; }
}

/// <summary>Paragraphs, headings and lists.</summary>
[GenerateSerializer, Immutable, Alias("mail-block.text")]
public sealed record TextBlock : MailBlock
{
    /// <summary>What it says.</summary>
    [Id(0)] public IReadOnlyList<RichNode> Content { get; init; } = [];

    /// <summary>Colour of the text.</summary>
    [Id(1)] public string? Color { get; init; }

    /// <summary>Size of the letters, 8 to 72; 16 when absent.</summary>
    [Id(2)] public int? Size { get; init; }
}

/// <summary>A heading.</summary>
[GenerateSerializer, Immutable, Alias("mail-block.heading")]
public sealed record HeadingBlock : MailBlock
{
    /// <summary>1 to 3; 1 when absent.</summary>
    [Id(0)] public int? Level { get; init; }

    /// <summary>What it says.</summary>
    [Id(1)] public IReadOnlyList<InlineNode> Content { get; init; } = [];

    /// <summary>Colour of the text.</summary>
    [Id(2)] public string? Color { get; init; }
}

/// <summary>A picture.</summary>
[GenerateSerializer, Immutable, Alias("mail-block.image")]
public sealed record ImageBlock : MailBlock
{
    /// <summary>Its address, https or http.</summary>
    [Id(0)] public string? Src { get; init; }

    /// <summary>What it shows, for those who do not see it; empty for one that only decorates.</summary>
    [Id(1)] public string? Alt { get; init; }

    /// <summary>Width; as wide as there is room when absent.</summary>
    [Id(2)] public int? Width { get; init; }

    /// <summary>Where it leads.</summary>
    [Id(3)] public string? Href { get; init; }
}

/// <summary>A button.</summary>
[GenerateSerializer, Immutable, Alias("mail-block.button")]
public sealed record ButtonBlock : MailBlock
{
    /// <summary>What it says.</summary>
    [Id(0)] public string? Text { get; init; }

    /// <summary>Where it leads.</summary>
    [Id(1)] public string? Href { get; init; }

    /// <summary>Colour of the button.</summary>
    [Id(2)] public string? Fill { get; init; }

    /// <summary>Colour of what it says.</summary>
    [Id(3)] public string? Color { get; init; }

    /// <summary>How round its corners are, 0 to 60.</summary>
    [Id(4)] public int? Radius { get; init; }

    /// <summary>Whether it is as wide as there is room.</summary>
    [Id(5)] public bool? FullWidth { get; init; }
}

/// <summary>A line across.</summary>
[GenerateSerializer, Immutable, Alias("mail-block.divider")]
public sealed record DividerBlock : MailBlock
{
    /// <summary>Its colour.</summary>
    [Id(0)] public string? Color { get; init; }

    /// <summary>How thick it is, 1 to 20; 1 when absent.</summary>
    [Id(1)] public int? Thickness { get; init; }
}

/// <summary>Links to profiles of the brand in social networks, as small buttons that need no pictures.</summary>
[GenerateSerializer, Immutable, Alias("mail-block.social")]
public sealed record SocialBlock : MailBlock
{
    /// <summary>The links, 1 to 10.</summary>
    [Id(0)] public IReadOnlyList<SocialLink> Links { get; init; } = [];
}

/// <summary>A profile in a social network.</summary>
[GenerateSerializer, Immutable, Alias("mail-block.social-link")]
public sealed record SocialLink
{
    /// <summary>The networks there are.</summary>
    public static readonly IReadOnlyList<string> Networks = ["facebook", "instagram", "linkedin", "x", "youtube"];

    /// <summary><c>facebook</c>, <c>instagram</c>, <c>linkedin</c>, <c>x</c> or <c>youtube</c>.</summary>
    [Id(0)] public string? Network { get; init; }

    /// <summary>Address of the profile.</summary>
    [Id(1)] public string? Url { get; init; }
}

/// <summary>Blocks beside each other, one below the other on a phone.</summary>
[GenerateSerializer, Immutable, Alias("mail-block.columns")]
public sealed record ColumnsBlock : MailBlock
{
    /// <summary>From left to right, 2 to 4.</summary>
    [Id(0)] public IReadOnlyList<MailColumn> Columns { get; init; } = [];
}

/// <summary>One of several columns.</summary>
[GenerateSerializer, Immutable, Alias("mail-block.column")]
public sealed record MailColumn
{
    /// <summary>Its share of the width in percent, 10 to 90. Of all columns or of none; together they are 100.</summary>
    [Id(0)] public int? Share { get; init; }

    /// <summary>What is in it; no columns.</summary>
    [Id(1)] public IReadOnlyList<MailBlock> Blocks { get; init; } = [];
}

/// <summary>A QR code, with what is in it written below.</summary>
[GenerateSerializer, Immutable, Alias("mail-block.qr")]
public sealed record QrBlock : MailBlock
{
    /// <summary>What is in it, such as <c>{{ voucher.code }}</c>.</summary>
    [Id(0)] public string? Value { get; init; }

    /// <summary>Address of a picture of it, such as <c>{{ voucher.assets.qr.url }}</c>. Absent means that the engine draws it and that it travels in the mail, so that it shows without asking anybody.</summary>
    [Id(1)] public string? Src { get; init; }

    /// <summary>Width and height, 60 to 400; 180 when absent.</summary>
    [Id(2)] public int? Size { get; init; }
}

/// <summary>A barcode (Code 128), with what is in it written below.</summary>
[GenerateSerializer, Immutable, Alias("mail-block.barcode")]
public sealed record BarcodeBlock : MailBlock
{
    /// <summary>What is in it, such as <c>{{ voucher.code }}</c>. Letters that Code 128 has not give no picture, only the text.</summary>
    [Id(0)] public string? Value { get; init; }

    /// <summary>Address of a picture of it, such as <c>{{ voucher.assets.barcode.url }}</c>. Absent means that it travels in the mail.</summary>
    [Id(1)] public string? Src { get; init; }

    /// <summary>Width, 60 to 560; 280 when absent.</summary>
    [Id(2)] public int? Width { get; init; }
}
