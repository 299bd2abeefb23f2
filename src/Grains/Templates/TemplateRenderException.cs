namespace Marketing.Templates;

/// <summary>
/// A template that compiled could not be rendered for one customer. The message names the cause and never quotes values, so it
/// may be kept as the reason of a failure.
/// </summary>
internal sealed class TemplateRenderException(string message, Exception? inner = null) : Exception(message, inner);
