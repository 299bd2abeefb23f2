using Marketing.Catalogue;
using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.Discounts;

/// <summary>How several redeemables of one request go together in a project. Immutable.</summary>
internal sealed class StackingSection(StackingRulesRow? row)
{
    private readonly (StackingRules? Rules, IReadOnlyList<FieldProblem> Problems) _read = row is null ? (null, []) : StackingRulesDocument.Read(row);

    /// <summary>The project's rules, else the defaults.</summary>
    public StackingRules Rules => _read.Rules ?? StackingRules.Default;

    /// <summary>What it was read of.</summary>
    public StackingRulesRow? Row { get; } = row;

    /// <summary>Why stored rules are not understood; null where they are.</summary>
    public string? Unreadable => _read.Problems.Count == 0 ? null : string.Join("; ", _read.Problems.Select(static problem => $"{problem.Field} {problem.Message}"));
}

/// <summary>Reads the stacking rules of a project.</summary>
internal sealed partial class StackingSectionReader(ITableStore<StackingRulesRow> store, ILogger<StackingSectionReader> logger) : SectionReader<StackingSection>
{
    public override IReadOnlyList<string> Tables => ["stacking_rules"];

    protected override async ValueTask<StackingSection> ReadAsync(int project, StackingSection? before)
    {
        var row = (await store.AllAsync(project)).SingleOrDefault();
        return before is not null && before.Row == row ? before : new StackingSection(row);
    }

    protected override void Replaced(CatalogueSnapshot catalogue, StackingSection? before, StackingSection now)
    {
        if (now.Unreadable is { } reason && reason != before?.Unreadable)
        {
            LogUnreadable(catalogue.Project, reason);
        }
    }

    [LoggerMessage(LogLevel.Error, "The stored stacking rules of project {Project} are not understood, so the defaults hold until they are changed: {Reason}")]
    private partial void LogUnreadable(int project, string reason);
}
