namespace Marketing.Templates;

/// <summary>
/// A template that compiled could not be rendered for one customer. The message names the cause and never quotes values, so it
/// may be kept as the reason of a failure.
/// </summary>
internal sealed class TemplateRenderException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The field of the channel's entry whose template it is: <c>template.html</c>. Null until somebody knows.</summary>
    public string? Field { get; set; }
}
