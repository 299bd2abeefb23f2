using System.Text.Json.Serialization;

namespace Marketing.Channels;

/// <summary>A part of a text that stands by itself.</summary>
[GenerateSerializer, Immutable, Alias("rich-node")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ParagraphNode), "paragraph")]
[JsonDerivedType(typeof(HeadingNode), "heading")]
[JsonDerivedType(typeof(ListNode), "list")]
public abstract record RichNode;

/// <summary>A paragraph.</summary>
[GenerateSerializer, Immutable, Alias("rich-node.paragraph")]
public sealed record ParagraphNode : RichNode
{
    /// <summary>What it says.</summary>
    [Id(0)] public IReadOnlyList<InlineNode> Content { get; init; } = [];

    /// <summary><c>left</c>, <c>center</c> or <c>right</c>; that of the block when absent.</summary>
    [Id(1)] public string? Align { get; init; }
}

/// <summary>A heading within a text.</summary>
[GenerateSerializer, Immutable, Alias("rich-node.heading")]
public sealed record HeadingNode : RichNode
{
    /// <summary>1 to 3; 2 when absent.</summary>
    [Id(0)] public int? Level { get; init; }

    /// <summary>What it says.</summary>
    [Id(1)] public IReadOnlyList<InlineNode> Content { get; init; } = [];
}

/// <summary>A list.</summary>
[GenerateSerializer, Immutable, Alias("rich-node.list")]
public sealed record ListNode : RichNode
{
    /// <summary>Whether its items have numbers.</summary>
    [Id(0)] public bool? Ordered { get; init; }

    /// <summary>Its items.</summary>
    [Id(1)] public IReadOnlyList<ListItem> Items { get; init; } = [];
}

/// <summary>An item of a list.</summary>
[GenerateSerializer, Immutable, Alias("rich-node.list-item")]
public sealed record ListItem
{
    /// <summary>What it says.</summary>
    [Id(0)] public IReadOnlyList<InlineNode> Content { get; init; } = [];
}

/// <summary>A part of a line.</summary>
[GenerateSerializer, Immutable, Alias("inline-node")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(TextRun), "text")]
[JsonDerivedType(typeof(VariableRun), "variable")]
[JsonDerivedType(typeof(BreakRun), "break")]
public abstract record InlineNode
{
    /// <summary>How it looks; absent means as what is around it.</summary>
    [Id(0)] public TextMarks? Marks { get; init; }
}

/// <summary>Letters.</summary>
[GenerateSerializer, Immutable, Alias("inline-node.text")]
public sealed record TextRun : InlineNode
{
    /// <summary>The text; HTML in it is shown as it is written.</summary>
    [Id(0)] public string? Text { get; init; }
}

/// <summary>A value that every reader has another of.</summary>
[GenerateSerializer, Immutable, Alias("inline-node.variable")]
public sealed record VariableRun : InlineNode
{
    /// <summary>Which, as in templates: <c>customer.name</c>, <c>customer.metadata['shoe size']</c>.</summary>
    [Id(0)] public string? Name { get; init; }

    /// <summary>What stands there where there is no value.</summary>
    [Id(1)] public string? Fallback { get; init; }

    /// <summary><c>money</c> for an amount in minor units, <c>date</c> for a day; absent means as it is.</summary>
    [Id(2)] public string? Format { get; init; }
}

/// <summary>The end of a line within a paragraph.</summary>
[GenerateSerializer, Immutable, Alias("inline-node.break")]
public sealed record BreakRun : InlineNode;

/// <summary>How a part of a line looks.</summary>
[GenerateSerializer, Immutable, Alias("text-marks")]
public sealed record TextMarks
{
    /// <summary>Bold.</summary>
    [Id(0)] public bool? Bold { get; init; }

    /// <summary>Italic.</summary>
    [Id(1)] public bool? Italic { get; init; }

    /// <summary>Underlined.</summary>
    [Id(2)] public bool? Underline { get; init; }

    /// <summary>Struck through.</summary>
    [Id(3)] public bool? Strike { get; init; }

    /// <summary>Where it leads.</summary>
    [Id(4)] public string? Link { get; init; }

    /// <summary>Its colour.</summary>
    [Id(5)] public string? Color { get; init; }

    /// <summary>Size of the letters, 8 to 72.</summary>
    [Id(6)] public int? Size { get; init; }
}
