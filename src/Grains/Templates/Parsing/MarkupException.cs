namespace Marketing.Templates;

/// <summary>A piece of markup is malformed; <see cref="Offset"/> counts from the start of the template.</summary>
internal sealed class MarkupException(string message, int offset) : Exception(message)
{
    public int Offset => offset;

    /// <summary>Whether there is no use in reading on.</summary>
    public bool IsFinal { get; init; }
}
