using System.Collections.Frozen;

namespace Marketing.Catalogue;

/// <summary>
/// What is kept of a project on every silo, at one version: a section for each feature that has anything there. Immutable. A feature adds a section by a
/// <see cref="SectionReader{T}"/> and reads it by its type.
/// </summary>
internal sealed class CatalogueSnapshot
{
    private readonly FrozenDictionary<Type, object> _sections;

    /// <param name="project">Whose.</param>
    /// <param name="version">What it is the catalogue of.</param>
    /// <param name="sections">At most one of a type.</param>
    public CatalogueSnapshot(int project, long version, IEnumerable<object> sections)
    {
        Project = project;
        Version = version;
        _sections = sections.ToFrozenDictionary(static section => section.GetType());
    }

    public int Project { get; }

    public long Version { get; }

    /// <summary>The section of a feature.</summary>
    public T Section<T>()
        where T : class => (T)_sections[typeof(T)];
}
