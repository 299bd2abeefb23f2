namespace Marketing.Channels;

/// <summary>How a field is entered and checked. The names on the wire are these in lower case.</summary>
internal enum EntryKind
{
    /// <summary>One line of text.</summary>
    Line,

    /// <summary>Text of several lines.</summary>
    Text,

    /// <summary>One line that is kept apart, protected, and never shown again.</summary>
    Secret,

    Number,

    Flag,

    /// <summary>One of <see cref="FieldDescriptor.Options"/>.</summary>
    Choice,

    /// <summary>An absolute address, http or https.</summary>
    Url,

    /// <summary>A sender, <c>address</c> or <c>Name &lt;address&gt;</c>.</summary>
    Mailbox,

    /// <summary>An object of texts.</summary>
    Map,

    /// <summary>A template that prints plain text.</summary>
    Template,

    /// <summary>A template that prints HTML.</summary>
    Html,

    /// <summary>Any JSON, with placeholders.</summary>
    Json,

    /// <summary>An array of texts.</summary>
    List,
}

/// <summary>A field of a connection or of the content of a message: all that a form needs to know of it.</summary>
/// <param name="Name">On the wire.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Label">What people call it.</param>
internal sealed record FieldDescriptor(string Name, EntryKind Kind, string Label)
{
    public bool Required { get; init; }

    /// <summary>A sentence or two; null where the label is enough.</summary>
    public string? Help { get; init; }

    /// <summary>The most characters, or the largest number; of a map, the most characters of a value.</summary>
    public long Max { get; init; } = 300;

    /// <summary>The smallest number.</summary>
    public long Min { get; init; }

    /// <summary>What a choice is between; of a map, the names it may have, where these are known.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>What holds where nothing is entered, in words.</summary>
    public string? Default { get; init; }
}
