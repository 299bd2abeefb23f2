using Orleans.Concurrency;

namespace Marketing.Connections;

/// <summary>
/// The connections of a project: named sets of credentials of providers, over which channels send. Keyed by project number. When a change is answered, every silo sends by it; what has begun
/// before goes on.
/// </summary>
[Alias("connections"), GrainInterfaceType("connections")]
public interface IConnectionsGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Creates a connection under the id that is given. Repeating it with the same id changes nothing and answers the connection as it is; with an idempotency key that made another one
    /// since deleted, <see cref="ConnectionResult.Deleted"/>.
    /// </summary>
    [Alias("create")]
    Task<ConnectionResult> CreateAsync(string id, ConnectionDraft draft, CommandContext context);

    /// <summary>Changes what is given and leaves the rest. Type and provider stay. Repeating it changes nothing.</summary>
    [Alias("change")]
    Task<ConnectionResult> ChangeAsync(string id, ConnectionDraft draft);

    /// <summary>Pauses it or goes on: while it is paused nothing is handed to it, and what is owed waits. Repeating it changes nothing.</summary>
    [Alias("pause")]
    Task<ConnectionResult> PauseAsync(string id, bool paused);

    /// <summary>Deletes it, unless a distribution that listens or sends goes over it: then <see cref="ConnectionResult.InUse"/>. Null when it is gone.</summary>
    [Alias("delete")]
    Task<ConnectionResult?> DeleteAsync(string id);

    /// <summary>The connection, or null.</summary>
    [Alias("find")]
    Task<Connection?> FindAsync(string id, CancellationToken cancellation = default);

    /// <summary>All of them, by their names.</summary>
    [Alias("list")]
    Task<IReadOnlyList<Connection>> ListAsync(CancellationToken cancellation = default);

    /// <summary>Asks the provider whether it knows us; sends and changes nothing there. Null when there is no such connection.</summary>
    [Alias("test"), AlwaysInterleave]
    Task<ConnectionTest?> TestAsync(string id);
}

/// <summary>What is given of a connection. Null leaves what is there.</summary>
[GenerateSerializer, Immutable, Alias("connection-draft")]
public sealed record ConnectionDraft
{
    /// <summary>1..300 characters, unique in the project.</summary>
    [Id(0)] public string? Name { get; init; }

    /// <summary>The type of the channel.</summary>
    [Id(1)] public string? Type { get; init; }

    /// <summary>The provider, one of the channel's.</summary>
    [Id(2)] public string? Provider { get; init; }

    /// <summary>A JSON object with all settings; those that are not in it are at their defaults.</summary>
    [Id(3)] public RawJson? Settings { get; init; }

    /// <summary>A JSON object with the credentials that are to change; null takes one away.</summary>
    [Id(4)] public RawJson? Credentials { get; init; }

    /// <summary>Whether entries of the type that name no connection take it. The first of a type does by default; a new one takes the place of another.</summary>
    [Id(5)] public bool? IsDefault { get; init; }

    /// <summary>The most requests in any second; 0 for no limit.</summary>
    [Id(6)] public int? RateLimit { get; init; }
}

/// <summary>A connection. Its credentials are not in it.</summary>
[GenerateSerializer, Immutable, Alias("connection")]
public sealed record Connection
{
    /// <summary>The most that a project has.</summary>
    public const int Most = 100;

    /// <summary>The highest limit of requests in a second.</summary>
    public const int HighestLimit = 10_000;

    /// <summary><c>chan_…</c></summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The name.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>The type of the channel.</summary>
    [Id(2)] public required string Type { get; init; }

    /// <summary>The provider.</summary>
    [Id(3)] public required string Provider { get; init; }

    /// <summary>A JSON object.</summary>
    [Id(4)] public required RawJson Settings { get; init; }

    /// <summary>The names of the credentials that are set.</summary>
    [Id(5)] public required IReadOnlyList<string> Credentials { get; init; }

    /// <summary>Whether entries of the type that name no connection take it.</summary>
    [Id(6)] public bool IsDefault { get; init; }

    /// <summary>Whether it is paused.</summary>
    [Id(7)] public bool IsPaused { get; init; }

    /// <summary>The most requests in any second; null for no limit.</summary>
    [Id(8)] public int? RateLimit { get; init; }

    /// <summary>When it was created.</summary>
    [Id(9)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    [Id(10)] public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Where the provider reports what became of messages; null where it does not.</summary>
    [Id(11)] public string? ReceiptsUrl { get; init; }
}

/// <summary>What a test of a connection came to.</summary>
/// <param name="Works">Whether messages could be sent now, as far as can be told without sending one.</param>
/// <param name="Detail">What the other side said.</param>
[GenerateSerializer, Immutable, Alias("connection-test")]
public sealed record ConnectionTest([property: Id(0)] bool Works, [property: Id(1)] string Detail);

/// <summary>Answer to a change of a connection.</summary>
[GenerateSerializer, Immutable, Alias("connection-result")]
public abstract record ConnectionResult
{
    /// <summary>Durable.</summary>
    [GenerateSerializer, Immutable, Alias("connection-result.saved")]
    public sealed record Saved([property: Id(0)] Connection Connection) : ConnectionResult;

    /// <summary>There is no such connection.</summary>
    [GenerateSerializer, Immutable, Alias("connection-result.not-found")]
    public sealed record NotFound : ConnectionResult;

    /// <summary>What is wrong with what was given.</summary>
    [GenerateSerializer, Immutable, Alias("connection-result.invalid")]
    public sealed record Invalid([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : ConnectionResult;

    /// <summary>Another connection has the name.</summary>
    [GenerateSerializer, Immutable, Alias("connection-result.name-taken")]
    public sealed record NameTaken([property: Id(0)] string Id) : ConnectionResult;

    /// <summary>The project has <see cref="Connection.Most"/>.</summary>
    [GenerateSerializer, Immutable, Alias("connection-result.too-many")]
    public sealed record TooMany : ConnectionResult;

    /// <summary>Distributions that listen or send go over it.</summary>
    [GenerateSerializer, Immutable, Alias("connection-result.in-use")]
    public sealed record InUse([property: Id(0)] IReadOnlyList<string> Distributions) : ConnectionResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("connection-result.key-reused")]
    public sealed record KeyReused : ConnectionResult;

    /// <summary>The same request was done before, and the connection was deleted since. Nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("connection-result.deleted")]
    public sealed record Deleted : ConnectionResult;
}

/// <summary>How the grains of connections are addressed.</summary>
public static class ConnectionAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>The connections of a project.</summary>
        public IConnectionsGrain Connections(int project) => grains.At<IConnectionsGrain>(GrainAddresses.Key(project));
    }
}
