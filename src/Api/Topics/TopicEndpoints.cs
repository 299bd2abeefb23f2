using System.Diagnostics;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using TopicAnswer = Microsoft.AspNetCore.Http.HttpResults.Results<Marketing.Http.Wire<Marketing.Topics.TopicResponse>, Marketing.Http.ApiError>;

namespace Marketing.Topics;

/// <summary>Topics: what a project writes about, for who reads to choose from.</summary>
internal static class TopicEndpoints
{
    private const string Prefix = "top_";
    private const int MaxName = 100;
    private const int MaxDescription = 300;
    private const string Example = """{"name":"New arrivals","description":"What is new in the shop, once a week"}""";

    public static void MapTopics(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/topics").WithTags("Topics").WithPath("topicId", "The id of the topic.");
        group.MapPost("", CreateAsync).WithName("CreateTopic").WithExample(Example);
        group.MapGet("", ListAsync).WithName("ListTopics");
        group.MapGet("/{topicId}", GetAsync).WithName("GetTopic");
        group.MapPut("/{topicId}", UpdateAsync).WithName("UpdateTopic").WithExample("""{"description":"Every Friday"}""");
        group.MapDelete("/{topicId}", DeleteAsync).WithName("DeleteTopic");
    }

    /// <summary>Creates a topic, which distributions may then name. A project has at most 50.</summary>
    internal static async Task<TopicAnswer> CreateAsync(Caller caller, OwnBody<TopicRequest> body, IGrainFactory grains)
    {
        body.Object.RequiredText("name", MaxName);
        var (name, description) = Read(body.Object);
        var id = caller.NewId(Prefix);
        return Answer(await grains.Topics(caller.Number).CreateAsync(id, name!, description, caller.Context(body.Utf8.Span)), id);
    }

    /// <summary>Lists all topics, in the order in which they were created, which is that of the preference page.</summary>
    internal static async Task<Wire<DataList<TopicResponse>>> ListAsync(Caller caller, IGrainFactory grains, CancellationToken cancellation)
    {
        var topics = await grains.Topics(caller.Number).ListAsync(cancellation);
        return Wire.Ok(new DataList<TopicResponse>([.. topics.Select(TopicResponse.From)], topics.Count));
    }

    /// <summary>One topic.</summary>
    internal static async Task<TopicAnswer> GetAsync(string topicId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.CanBe(Prefix, topicId) && await grains.Topics(caller.Number).FindAsync(topicId, cancellation) is { } topic ? Wire.Ok(TopicResponse.From(topic)) : NotFound(topicId);

    /// <summary>Changes what is given; an empty description takes it away.</summary>
    internal static async Task<TopicAnswer> UpdateAsync(string topicId, Caller caller, OwnBody<TopicRequest> body, IGrainFactory grains)
    {
        var (name, description) = Read(body.Object);
        return Ids.CanBe(Prefix, topicId) ? Answer(await grains.Topics(caller.Number).ChangeAsync(topicId, name, description), topicId) : NotFound(topicId);
    }

    /// <summary>Deletes a topic that no distribution names which listens or sends.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string topicId, Caller caller, IGrainFactory grains)
    {
        if (!Ids.CanBe(Prefix, topicId))
        {
            return NotFound(topicId);
        }

        return await grains.Topics(caller.Number).DeleteAsync(topicId) is { } refused ? Refusal(refused, topicId) : TypedResults.NoContent();
    }

    private static (string? Name, string? Description) Read(Payload body)
    {
        var name = body.Line("name", MaxName);
        return name is not null && string.IsNullOrWhiteSpace(name) ? throw body.Refuse(".name", "must NOT be blank") : (name?.Trim(), body.Line("description", MaxDescription)?.Trim());
    }

    private static TopicAnswer Answer(TopicResult result, string id) => result is TopicResult.Saved { Topic: var topic } ? Wire.Ok(TopicResponse.From(topic)) : Refusal(result, id);

    private static ApiError Refusal(TopicResult result, string id) => result switch
    {
        TopicResult.NotFound => NotFound(id),
        TopicResult.NameTaken { Id: var other } => ApiError.Duplicate("topic", other, "Another topic has this name"),
        TopicResult.TooMany => ApiError.InvalidPayload($"A project has at most {Topic.Most} topics"),
        TopicResult.InUse { Distributions: var users } => new ApiError(409, "topic_in_use", "Topic in use", $"Distributions name it: {string.Join(", ", users)}") { ResourceId = id, ResourceType = "topic" },
        TopicResult.KeyReused => ApiError.KeyReused(),
        TopicResult.Deleted => ApiError.DeletedMeanwhile("topic", id),
        _ => throw new UnreachableException(),
    };

    private static ApiError NotFound(string id) => ApiError.NotFound("topic", id);
}

/// <summary>A topic.</summary>
[AnsweredAs(typeof(TopicResponse))]
internal sealed record TopicRequest
{
    /// <summary>What who reads chooses by; 1 to 100 characters, unique in the project.</summary>
    public string? Name { get; init; }

    /// <summary>A sentence about it, which they see too; at most 300 characters.</summary>
    public string? Description { get; init; }
}

/// <summary>A topic.</summary>
internal sealed record TopicResponse
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public string Object { get; } = "topic";

    public static TopicResponse From(Topic topic) => new()
    {
        Id = topic.Id,
        Name = topic.Name,
        Description = topic.Description,
        CreatedAt = topic.CreatedAt,
        UpdatedAt = topic.UpdatedAt,
    };
}
