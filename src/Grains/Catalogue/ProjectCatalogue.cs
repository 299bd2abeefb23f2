namespace Marketing.Catalogue;

/// <summary>The catalogue of one project as this silo has it.</summary>
internal sealed class ProjectCatalogue
{
    private volatile CatalogueSnapshot? _current;

    public CatalogueSnapshot? Current => _current;

    /// <summary>Held while it is read anew.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>The sections of the current one, in the order in which they are registered.</summary>
    public object[]? Sections { get; private set; }

    public void Become(CatalogueSnapshot current, object[] sections)
    {
        Sections = sections;
        _current = current;
    }
}
