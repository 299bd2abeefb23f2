namespace Marketing.Templates;

/// <summary>What came of compiling a template.</summary>
internal abstract record CompileResult
{
    public sealed record Ok(CompiledTemplate Template) : CompileResult;

    public sealed record Invalid(IReadOnlyList<TemplateProblem> Problems) : CompileResult;
}
