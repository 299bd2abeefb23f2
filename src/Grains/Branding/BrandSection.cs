using System.Collections.Concurrent;
using Marketing.Catalogue;
using Marketing.Storage;

namespace Marketing.Branding;

/// <summary>The brand details of a project. Immutable; the details are the same object for as long as they do not change, because mails are compiled with them.</summary>
internal sealed class BrandSection(BrandRow? row)
{
    /// <summary>The details; null where there are none.</summary>
    public BrandDetails? Details { get; } = row is null ? null : BrandTable.View(row);

    /// <summary>What they were read of.</summary>
    public BrandRow? Row { get; } = row;
}

/// <summary>Reads the brand details of a project.</summary>
internal sealed class BrandSectionReader(ITableStore<BrandRow> store, BrandBook book) : SectionReader<BrandSection>
{
    public override IReadOnlyList<string> Tables => ["brands"];

    protected override async ValueTask<BrandSection> ReadAsync(int project, BrandSection? before)
    {
        var row = (await store.AllAsync(project)).SingleOrDefault();
        return before is not null && before.Row == row ? before : new BrandSection(row);
    }

    protected override void Replaced(CatalogueSnapshot catalogue, BrandSection? before, BrandSection now) => book.Become(catalogue.Project, now);
}

/// <summary>The brand details as this silo's catalogues have them. Whoever sends for a project has its catalogue.</summary>
internal sealed class BrandBook
{
    private readonly ConcurrentDictionary<int, BrandSection> _sections = new();

    public void Become(int project, BrandSection section) => _sections[project] = section;

    /// <summary>The details of a project; null where there are none.</summary>
    public BrandDetails? Of(int project) => _sections.TryGetValue(project, out var section) ? section.Details : null;
}
