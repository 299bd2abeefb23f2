namespace Marketing.Catalogue;

/// <summary>How a section of the catalogue is read. One object for all projects, so it remembers nothing of them: what is to be known again is in the section before.</summary>
internal abstract class SectionReader
{
    /// <summary>
    /// The tables whose rows it reads. A change of them is followed by <see cref="Catalogues.ChangedAsync"/>; in case the process dies between the two, each has the
    /// trigger <c>advance_catalogue</c> on PostgreSQL, by which the other silos hear of it.
    /// </summary>
    public abstract IReadOnlyList<string> Tables { get; }

    /// <summary>Reads the section of a project. One at a time.</summary>
    /// <param name="project">Whose.</param>
    /// <param name="before">The section that this one takes the place of; null for the first.</param>
    public abstract ValueTask<object> ReadAsync(int project, object? before);

    /// <summary>The catalogue with the section is the current one: what was kept for what is no more in it can go. Must not wait for the catalogue.</summary>
    /// <param name="catalogue">The current one.</param>
    /// <param name="before">The section that it took the place of; null for the first.</param>
    public abstract void Replaced(CatalogueSnapshot catalogue, object? before);
}

/// <summary>How the section <typeparamref name="T"/> is read. A section is immutable, and keeps of the one before what did not change.</summary>
internal abstract class SectionReader<T> : SectionReader
    where T : class
{
    public sealed override async ValueTask<object> ReadAsync(int project, object? before) => await ReadAsync(project, (T?)before);

    public sealed override void Replaced(CatalogueSnapshot catalogue, object? before) => Replaced(catalogue, (T?)before, catalogue.Section<T>());

    /// <inheritdoc cref="SectionReader.ReadAsync(int, object?)"/>
    protected abstract ValueTask<T> ReadAsync(int project, T? before);

    /// <inheritdoc cref="SectionReader.Replaced(CatalogueSnapshot, object?)"/>
    protected virtual void Replaced(CatalogueSnapshot catalogue, T? before, T now)
    {
    }
}
