namespace Marketing.ValidationRules;

/// <summary>
/// Looks up objects that rules are assigned to; a feature registers one for its type. Where nobody does, any id is taken.
/// </summary>
internal interface IRuleTarget
{
    /// <summary>One of <see cref="RuleTargets.All"/>.</summary>
    string Type { get; }

    /// <summary>The id of the object that is named by its id or as its feature allows, such as by a code; null where there is none.</summary>
    Task<string?> FindIdAsync(int project, string reference);
}
