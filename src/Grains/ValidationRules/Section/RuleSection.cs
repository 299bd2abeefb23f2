using System.Collections.Frozen;
using Marketing.Catalogue;

namespace Marketing.ValidationRules;

/// <summary>The rules of a project, compiled, and what they are assigned to. Immutable.</summary>
internal sealed class RuleSection
{
    private readonly FrozenDictionary<string, RuleEntry> _byId;
    private readonly FrozenDictionary<RuleTarget, (RuleEntry[] Rules, RuleAssignment[] Assignments)> _byTarget;

    /// <param name="rules">All rules.</param>
    /// <param name="assignments">In the order in which they were made.</param>
    public RuleSection(IReadOnlyList<RuleEntry> rules, IEnumerable<RuleAssignment> assignments)
    {
        _byId = rules.ToFrozenDictionary(rule => rule.Id, StringComparer.Ordinal);
        _byTarget = assignments.Where(one => _byId.ContainsKey(one.RuleId)).GroupBy(one => one.Target)
            .ToFrozenDictionary(group => group.Key, group => (group.Select(one => _byId[one.RuleId]).ToArray(), group.ToArray()));
    }

    public IEnumerable<RuleEntry> All => _byId.Values;

    public RuleEntry? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The rules of an object, all of which must hold; none for most.</summary>
    public IReadOnlyList<RuleEntry> Of(string type, string objectId) => _byTarget.GetValueOrDefault(new RuleTarget(type, objectId)) is { Rules: { } rules } ? rules : [];

    /// <summary>The assignments of an object, in the order in which they were made; none for most.</summary>
    public IReadOnlyList<RuleAssignment> AssignmentsOf(string type, string objectId) => _byTarget.GetValueOrDefault(new RuleTarget(type, objectId)) is { Assignments: { } assignments } ? assignments : [];
}

/// <summary>A rule as it is decided by.</summary>
/// <param name="Id">Rule id.</param>
/// <param name="Name">The name.</param>
/// <param name="ContextType">For what it was written.</param>
/// <param name="Rule">What it means; null where it is not understood, and then it holds for nobody.</param>
/// <param name="Unreadable">Why it is not understood; null where it is.</param>
/// <param name="Source">What it was compiled of, so that what did not change is not compiled twice.</param>
internal sealed record RuleEntry(string Id, string Name, string ContextType, CompiledRule? Rule, string? Unreadable, (RawJson Document, string Zone) Source);

internal static class RulesOfCatalogue
{
    extension(CatalogueSnapshot catalogue)
    {
        /// <summary>The validation rules.</summary>
        public RuleSection ValidationRules => catalogue.Section<RuleSection>();
    }
}
