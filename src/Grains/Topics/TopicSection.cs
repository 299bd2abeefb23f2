using System.Collections.Frozen;
using Marketing.Catalogue;
using Marketing.Storage;

namespace Marketing.Topics;

/// <summary>The topics of a project. Immutable.</summary>
internal sealed class TopicSection(IReadOnlyList<Topic> all)
{
    private readonly FrozenDictionary<string, Topic> _byId = all.ToFrozenDictionary(static topic => topic.Id, StringComparer.Ordinal);

    /// <summary>All of them, in the order in which they were created.</summary>
    public IReadOnlyList<Topic> All => all;

    /// <summary>The topic with an id; null where there is none.</summary>
    public Topic? Find(string? id) => id is null ? null : _byId.GetValueOrDefault(id);
}

/// <summary>Reads the topics of a project.</summary>
internal sealed class TopicSectionReader(ITableStore<TopicRow> store) : SectionReader<TopicSection>
{
    public override IReadOnlyList<string> Tables => ["topics"];

    protected override async ValueTask<TopicSection> ReadAsync(int project, TopicSection? before) =>
        new([.. (await store.AllAsync(project)).OrderBy(static row => row.Number).Select(TopicTable.View)]);
}

/// <summary>What names topics, and so keeps them from being deleted.</summary>
internal interface ITopicUser
{
    /// <summary>The ids of what names a topic now.</summary>
    IEnumerable<string> UsersOf(string topic, CatalogueSnapshot catalogue);
}
