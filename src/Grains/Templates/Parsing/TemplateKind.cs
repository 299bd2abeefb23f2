namespace Marketing.Templates;

/// <summary>Where the text of a template ends up, which decides what has to be made harmless in the values it prints.</summary>
internal enum TemplateKind
{
    /// <summary>Plain text: values are printed as they are.</summary>
    Text,

    /// <summary>HTML: values are escaped unless the last filter is <c>raw</c>.</summary>
    Html,

    /// <summary>One header line: control characters, line breaks above all, become spaces.</summary>
    Header,

    /// <summary>Plain text made from an HTML template: values without the markup that its last filter gives them or leaves them.</summary>
    TextOfHtml,
}
