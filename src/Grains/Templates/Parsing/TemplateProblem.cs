namespace Marketing.Templates;

/// <summary>One thing wrong with a template.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1, in UTF-16 units.</param>
/// <param name="Message">A sentence for the author, without the position.</param>
internal sealed record TemplateProblem(int Line, int Column, string Message)
{
    /// <summary>As a problem of the field that the template is in.</summary>
    public FieldProblem In(string field) => new(field, ToString()) { Code = "template", Line = Line, Column = Column };

    public override string ToString() => $"Line {Line}, column {Column}: {Message}";
}
