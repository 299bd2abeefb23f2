namespace Marketing.ValidationRules;

/// <summary>Objects of a kind of which there is one, that has a code as well.</summary>
internal sealed class ScriptedTarget : IRuleTarget
{
    public const string Kind = "shelf";

    public string Type => Kind;

    public Task<string?> FindIdAsync(int project, string reference) => Task.FromResult(reference is "shelf_1" or "top" ? "shelf_1" : null);
}
