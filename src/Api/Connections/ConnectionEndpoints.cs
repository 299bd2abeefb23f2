using System.Diagnostics;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using ConnectionAnswer = Microsoft.AspNetCore.Http.HttpResults.Results<Marketing.Http.Wire<Marketing.Connections.ConnectionResponse>, Marketing.Http.ApiError>;

namespace Marketing.Connections;

/// <summary>Connections: over which mail servers, gateways and tools the channels of a project send.</summary>
internal static class ConnectionEndpoints
{
    private const string Prefix = "chan_";
    private const int MaxType = 100;

    private const string Example =
        """{"name":"Newsletter","type":"email","provider":"smtp","settings":{"host":"smtp.example.com","port":587,"from":"Shop <news@example.com>"},"credentials":{"user":"shop","password":"secret"},"default":false,"rate_limit":50}""";

    public static void MapConnections(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/channels").WithTags("Channels").WithPath("channelId", "The id of the connection.");
        group.MapPost("", CreateAsync).WithName("CreateChannel").WithExample(Example);
        group.MapGet("", ListAsync).WithName("ListChannels");
        group.MapGet("/{channelId}", GetAsync).WithName("GetChannel");
        group.MapPut("/{channelId}", UpdateAsync).WithName("UpdateChannel").WithExample("""{"rate_limit":20}""");
        group.MapDelete("/{channelId}", DeleteAsync).WithName("DeleteChannel");
        group.MapPost("/{channelId}/test", TestAsync).WithName("TestChannel");
        group.MapPost("/{channelId}/pause", PauseAsync).WithName("PauseChannel");
        group.MapPost("/{channelId}/resume", ResumeAsync).WithName("ResumeChannel");
    }

    /// <summary>Creates a connection with a provider. The catalog of distributions says which fields a provider has. A project has at most 100.</summary>
    internal static async Task<ConnectionAnswer> CreateAsync(Caller caller, OwnBody<ConnectionRequest> body, IGrainFactory grains)
    {
        var root = body.Object;
        root.RequiredText("name", TextLimits.Name);
        root.RequiredText("type", MaxType);
        root.RequiredText("provider", MaxType);
        var id = caller.NewId(Prefix);
        return Answer(await grains.Connections(caller.Number).CreateAsync(id, Read(root), caller.Context(body.Utf8.Span)), id);
    }

    /// <summary>Lists all connections, by their names.</summary>
    internal static async Task<Wire<DataList<ConnectionResponse>>> ListAsync(Caller caller, IGrainFactory grains, CancellationToken cancellation)
    {
        var connections = await grains.Connections(caller.Number).ListAsync(cancellation);
        return Wire.Ok(new DataList<ConnectionResponse>([.. connections.Select(ConnectionResponse.From)], connections.Count));
    }

    /// <summary>One connection.</summary>
    internal static async Task<ConnectionAnswer> GetAsync(string channelId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.CanBe(Prefix, channelId) && await grains.Connections(caller.Number).FindAsync(channelId, cancellation) is { } connection
            ? Wire.Ok(ConnectionResponse.From(connection))
            : NotFound(channelId);

    /// <summary>Changes what is given. Settings are replaced as a whole; of the credentials those that are given, and null takes one away.</summary>
    internal static async Task<ConnectionAnswer> UpdateAsync(string channelId, Caller caller, OwnBody<ConnectionRequest> body, IGrainFactory grains)
    {
        var draft = Read(body.Object);
        return Ids.CanBe(Prefix, channelId) ? Answer(await grains.Connections(caller.Number).ChangeAsync(channelId, draft), channelId) : NotFound(channelId);
    }

    /// <summary>Deletes a connection that no distribution goes over which listens or sends.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string channelId, Caller caller, IGrainFactory grains)
    {
        if (!Ids.CanBe(Prefix, channelId))
        {
            return NotFound(channelId);
        }

        return await grains.Connections(caller.Number).DeleteAsync(channelId) switch
        {
            null => TypedResults.NoContent(),
            { } refused => Refusal(refused, channelId),
        };
    }

    /// <summary>Asks the provider whether it knows the credentials. Nothing is sent, and nothing is changed there.</summary>
    internal static async Task<Results<Wire<ConnectionTestResponse>, ApiError>> TestAsync(string channelId, Caller caller, IGrainFactory grains) =>
        Ids.CanBe(Prefix, channelId) && await grains.Connections(caller.Number).TestAsync(channelId) is { } test
            ? Wire.Ok(new ConnectionTestResponse(test.Works, test.Detail))
            : NotFound(channelId);

    /// <summary>Pauses a connection: nothing is handed to it any more, and what is owed waits.</summary>
    internal static Task<ConnectionAnswer> PauseAsync(string channelId, Caller caller, IGrainFactory grains) => HoldAsync(channelId, caller, grains, paused: true);

    /// <summary>Goes on with a connection that was paused.</summary>
    internal static Task<ConnectionAnswer> ResumeAsync(string channelId, Caller caller, IGrainFactory grains) => HoldAsync(channelId, caller, grains, paused: false);

    private static async Task<ConnectionAnswer> HoldAsync(string channelId, Caller caller, IGrainFactory grains, bool paused) =>
        Ids.CanBe(Prefix, channelId) ? Answer(await grains.Connections(caller.Number).PauseAsync(channelId, paused), channelId) : NotFound(channelId);

    private static ConnectionDraft Read(Payload body)
    {
        if (body.Line("name", TextLimits.Name) is { } name && string.IsNullOrWhiteSpace(name))
        {
            throw body.Refuse(".name", "must NOT be blank");
        }

        return new ConnectionDraft
        {
            Name = body.Line("name", TextLimits.Name),
            Type = body.Line("type", MaxType),
            Provider = body.Line("provider", MaxType),
            Settings = body.RawObject("settings"),
            Credentials = body.RawObject("credentials"),
            IsDefault = body.Flag("default"),
            RateLimit = (int?)body.Integer("rate_limit", 0, Connection.HighestLimit),
        };
    }

    private static ConnectionAnswer Answer(ConnectionResult result, string id) =>
        result is ConnectionResult.Saved { Connection: var connection } ? Wire.Ok(ConnectionResponse.From(connection)) : Refusal(result, id);

    private static ApiError Refusal(ConnectionResult result, string id) => result switch
    {
        ConnectionResult.NotFound => NotFound(id),
        ConnectionResult.Invalid { Problems: var problems } => ApiError.InvalidFields(problems),
        ConnectionResult.NameTaken { Id: var other } => ApiError.Duplicate("channel", other, "Another connection has this name"),
        ConnectionResult.TooMany => ApiError.InvalidPayload($"A project has at most {Connection.Most} connections"),
        ConnectionResult.InUse { Distributions: var users } => new ApiError(409, "channel_in_use", "Channel in use", $"Distributions go over it: {string.Join(", ", users)}") { ResourceId = id, ResourceType = "channel" },
        ConnectionResult.KeyReused => ApiError.KeyReused(),
        ConnectionResult.Deleted => ApiError.DeletedMeanwhile("channel", id),
        _ => throw new UnreachableException(),
    };

    private static ApiError NotFound(string id) => ApiError.NotFound("channel", id);
}
