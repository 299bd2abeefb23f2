namespace Marketing.Topics;

/// <summary>
/// What a project writes about, so that who reads can choose: a distribution may name its topic, and who opts out of it gets the rest. Keyed by project number. When a change is answered, every silo
/// decides by it.
/// </summary>
[Alias("topics"), GrainInterfaceType("topics")]
public interface ITopicsGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Creates a topic under the id that is given. Repeating it with the same id changes nothing and answers the topic as it is; with an idempotency key that made another one since deleted,
    /// <see cref="TopicResult.Deleted"/>.
    /// </summary>
    /// <param name="id"><c>top_…</c></param>
    /// <param name="name">1..100 characters, unique in the project. Who reads sees it.</param>
    /// <param name="description">Up to 300 characters, or null. Who reads sees it.</param>
    /// <param name="context">Who asks.</param>
    [Alias("create")]
    Task<TopicResult> CreateAsync(string id, string name, string? description, CommandContext context);

    /// <summary>Changes name and description; null leaves either, an empty description takes it away. Repeating it changes nothing.</summary>
    [Alias("change")]
    Task<TopicResult> ChangeAsync(string id, string? name, string? description);

    /// <summary>
    /// Deletes the topic, unless a distribution that listens or sends names it: then <see cref="TopicResult.InUse"/>. Null when it is gone. What was suppressed for it stays on the list and means nothing.
    /// </summary>
    [Alias("delete")]
    Task<TopicResult?> DeleteAsync(string id);

    /// <summary>The topic, or null.</summary>
    [Alias("find")]
    Task<Topic?> FindAsync(string id, CancellationToken cancellation = default);

    /// <summary>All of them, in the order in which they were created.</summary>
    [Alias("list")]
    Task<IReadOnlyList<Topic>> ListAsync(CancellationToken cancellation = default);
}

/// <summary>A topic.</summary>
[GenerateSerializer, Immutable, Alias("topic")]
public sealed record Topic
{
    /// <summary>The most that a project has: as many as somebody would read through.</summary>
    public const int Most = 50;

    /// <summary><c>top_…</c></summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The name.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>A sentence about it.</summary>
    [Id(2)] public string? Description { get; init; }

    /// <summary>When it was created.</summary>
    [Id(3)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    [Id(4)] public DateTimeOffset? UpdatedAt { get; init; }
}

/// <summary>Answer to a change of a topic.</summary>
[GenerateSerializer, Immutable, Alias("topic-result")]
public abstract record TopicResult
{
    /// <summary>Durable.</summary>
    [GenerateSerializer, Immutable, Alias("topic-result.saved")]
    public sealed record Saved([property: Id(0)] Topic Topic) : TopicResult;

    /// <summary>There is no such topic.</summary>
    [GenerateSerializer, Immutable, Alias("topic-result.not-found")]
    public sealed record NotFound : TopicResult;

    /// <summary>Another topic has the name.</summary>
    [GenerateSerializer, Immutable, Alias("topic-result.name-taken")]
    public sealed record NameTaken([property: Id(0)] string Id) : TopicResult;

    /// <summary>The project has <see cref="Topic.Most"/>.</summary>
    [GenerateSerializer, Immutable, Alias("topic-result.too-many")]
    public sealed record TooMany : TopicResult;

    /// <summary>Distributions that listen or send name it.</summary>
    [GenerateSerializer, Immutable, Alias("topic-result.in-use")]
    public sealed record InUse([property: Id(0)] IReadOnlyList<string> Distributions) : TopicResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("topic-result.key-reused")]
    public sealed record KeyReused : TopicResult;

    /// <summary>The same request was done before, and the topic was deleted since. Nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("topic-result.deleted")]
    public sealed record Deleted : TopicResult;
}

/// <summary>How the grains of topics are addressed.</summary>
public static class TopicAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>The topics of a project.</summary>
        public ITopicsGrain Topics(int project) => grains.At<ITopicsGrain>(GrainAddresses.Key(project));
    }
}
