namespace Marketing.Projects;

/// <summary>Settings of codes, section <c>Distributions:Codes</c>.</summary>
internal sealed class CodeOptions
{
    public const string Section = "Distributions:Codes";

    /// <summary>Whether codes of new projects tell <c>A</c> from <c>a</c>. Of a project that is there it stays as it was.</summary>
    public bool CaseSensitive { get; set; } = true;
}
