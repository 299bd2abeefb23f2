using System.Diagnostics;
using System.Globalization;
using Marketing.Channels;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.MessageTemplates;

/// <summary>Saved contents of emails, by versions.</summary>
internal static class MessageTemplateEndpoints
{
    private const int MaxPage = 100;
    private const string Resource = "message_template";

    private const string Example = """
        {"name":"Spring","template":{"subject":"Hello {{ customer.name }}","blocks":{"version":1,
         "blocks":[{"type":"heading","content":[{"type":"text","text":"Spring is here, "},{"type":"variable","name":"customer.name","fallback":"friend"}]},
          {"type":"button","text":"Shop now","href":"https://shop.example/spring"}],"footer":{}}}}
        """;

    private const string CopyExample = """
        {"template":{"blocks":{"version":1,"blocks":[{"type":"heading","content":[{"type":"text","text":"Spring is here"}]},{"type":"qr","value":"{{ voucher.code }}"}],"footer":{}}}}
        """;

    // A template of the largest size, and what is around it.
    private static readonly BodyLimit Limit = new(3 * 1024 * 1024);

    public static void MapMessageTemplates(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/message-templates").WithTags("Message templates").WithPath("templateId", "The id of the template.").WithPath("version", "Which version, from 1.");
        group.MapPost("", CreateAsync).WithName("CreateMessageTemplate").WithMetadata(Limit).WithExample(Example);
        group.MapGet("", ListAsync).WithName("ListMessageTemplates").WithQuery(Query.Limit, Query.Page(MaxPage), Query.Order("-created_at", "created_at"));
        group.MapPost("/html", CopyAsync).WithName("CopyBlocksToHtml").WithMetadata(Limit).WithExample(CopyExample);
        group.MapGet("/{templateId}", GetAsync).WithName("GetMessageTemplate");
        group.MapPut("/{templateId}", ChangeAsync).WithName("UpdateMessageTemplate").WithMetadata(Limit).WithExample(Example);
        group.MapDelete("/{templateId}", DeleteAsync).WithName("DeleteMessageTemplate");
        group.MapGet("/{templateId}/versions/{version}", GetVersionAsync).WithName("GetMessageTemplateVersion");
    }

    /// <summary>Saves the content of an email. A project has at most 1,000, and no two have the same name. Drafts take it by id.</summary>
    internal static async Task<Results<Wire<MessageTemplateResponse>, ApiError>> CreateAsync(Caller caller, OwnBody<MessageTemplateRequest> body, IGrainFactory grains, HttpResponse response)
    {
        var draft = new MessageTemplateDraft(ReadName(body.Object) ?? throw body.Object.Missing("name"), ReadTemplate(body.Object));
        var id = caller.NewId("mtpl_");
        return Answer(await grains.MessageTemplates(caller.Number).CreateAsync(id, draft, caller.Context(body.Utf8.Span)), id, response);
    }

    /// <summary>Lists templates, without their contents.</summary>
    internal static async Task<Wire<DataList<MessageTemplateResponse>>> ListAsync(Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var page = await grains.MessageTemplates(caller.Number).ListAsync(query.Limit(), query.Page(MaxPage), query.Order("-created_at", "created_at"), cancellation);
        return Wire.Ok(new DataList<MessageTemplateResponse>([.. page.Items.Select(static item => MessageTemplateResponse.From(item) with { Template = null })], page.Total));
    }

    /// <summary>A template in its newest version.</summary>
    internal static async Task<Results<Wire<MessageTemplateResponse>, ApiError>> GetAsync(string templateId, Caller caller, IGrainFactory grains, HttpResponse response, CancellationToken cancellation) =>
        Ids.CanBe("mtpl_", templateId) && await grains.MessageTemplates(caller.Number).FindAsync(templateId, null, cancellation) is { } template
            ? Show(template, response)
            : ApiError.NotFound(Resource, templateId);

    /// <summary>A template in one of its versions.</summary>
    internal static async Task<Results<Wire<MessageTemplateResponse>, ApiError>> GetVersionAsync(
        string templateId, string version, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.CanBe("mtpl_", templateId) && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && await grains.MessageTemplates(caller.Number).FindAsync(templateId, number, cancellation) is { } template
            ? Wire.Ok(MessageTemplateResponse.From(template))
            : ApiError.NotFound("message_template_version", $"{templateId}/{version}");

    /// <summary>Makes a new version. Where it is as the newest one, there is none. With <c>If-Match</c>, only if that is still the version it names. Distributions that have taken an earlier one keep it.</summary>
    internal static async Task<Results<Wire<MessageTemplateResponse>, ApiError>> ChangeAsync(
        string templateId, Caller caller, OwnBody<MessageTemplateRequest> body, IfMatch match, IGrainFactory grains, HttpResponse response)
    {
        var draft = new MessageTemplateDraft(ReadName(body.Object), ReadTemplate(body.Object));
        return Ids.CanBe("mtpl_", templateId)
            ? Answer(await grains.MessageTemplates(caller.Number).ChangeAsync(templateId, draft, match.Version), templateId, response)
            : ApiError.NotFound(Resource, templateId);
    }

    /// <summary>Deletes a template with all its versions. Distributions that have taken it keep what they have.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string templateId, Caller caller, IGrainFactory grains) =>
        Ids.CanBe("mtpl_", templateId) && await grains.MessageTemplates(caller.Number).DeleteAsync(templateId)
            ? TypedResults.NoContent()
            : ApiError.NotFound(Resource, templateId);

    /// <summary>
    /// Makes HTML of a document of blocks, as it is sent with the brand details of now, for who goes on with it by hand. Nothing is saved, and blocks are never made of HTML. Pictures of published codes are taken by their
    /// address; of other codes that the engine draws what is in them is written, and they are counted.
    /// </summary>
    internal static async Task<Wire<CopiedMailResponse>> CopyAsync(Caller caller, OwnBody<CopyMailRequest> body, IGrainFactory grains, CancellationToken cancellation)
    {
        var template = body.Object.RequiredObject("template");
        var document = TemplateReader.Read(template).Blocks ?? throw template.Missing("blocks");
        var copied = await grains.MessageTemplates(caller.Number).CopyAsync(document, cancellation);
        return Wire.Ok(new CopiedMailResponse(copied.Html, copied.LostPictures));
    }

    private static string? ReadName(Payload body) => body.Line("name", TextLimits.Name) is not { } name || name.Trim().Length > 0 ? body.Line("name", TextLimits.Name) : throw body.Refuse(".name", "must NOT be blank");

    private static ChannelTemplate ReadTemplate(Payload body)
    {
        var template = TemplateReader.Read(body.RequiredObject("template"));
        return template.Saved is null ? template : throw body.Refuse(".template.saved", "must NOT be in a saved template");
    }

    private static Wire<MessageTemplateResponse> Show(MessageTemplate template, HttpResponse response)
    {
        response.Headers.ETag = Wire.Tag(template.Version);
        return Wire.Ok(MessageTemplateResponse.From(template));
    }

    private static Results<Wire<MessageTemplateResponse>, ApiError> Answer(MessageTemplateResult result, string id, HttpResponse response) => result switch
    {
        MessageTemplateResult.Saved saved => Show(saved.Template, response),
        MessageTemplateResult.NotFound => ApiError.NotFound(Resource, id),
        MessageTemplateResult.NameTaken => ApiError.InvalidFields([new FieldProblem("name", "is the name of another template") { Code = "taken" }]),
        MessageTemplateResult.TooMany many => ApiError.InvalidPayload($"There are as many as there may be: {many.What}"),
        MessageTemplateResult.Overtaken newer => ApiError.VersionChanged(Resource, id, newer.Version),
        MessageTemplateResult.KeyReused => ApiError.KeyReused(),
        MessageTemplateResult.Deleted => ApiError.DeletedMeanwhile(Resource, id),
        _ => throw new UnreachableException(),
    };
}

/// <summary>A saved content of emails.</summary>
[AnsweredAs(typeof(MessageTemplateResponse))]
internal sealed record MessageTemplateRequest
{
    /// <summary>Unique in the project. Required for a new one.</summary>
    public string? Name { get; init; }

    /// <summary>The content.</summary>
    public required ChannelTemplate Template { get; init; }
}

/// <summary>What is to become HTML.</summary>
internal sealed record CopyMailRequest
{
    /// <summary>Its <c>blocks</c>, which are required; all else is passed over.</summary>
    public required ChannelTemplate Template { get; init; }
}

/// <summary>A document that became HTML.</summary>
/// <param name="Html">Liquid is in it as it was in the document.</param>
/// <param name="LostPictures">How many codes are only written, whose picture was drawn by the engine.</param>
internal sealed record CopiedMailResponse(string Html, int LostPictures)
{
    public string Object { get; } = "copied_mail";
}

/// <summary>A saved content of emails.</summary>
internal sealed record MessageTemplateResponse
{
    public required string Id { get; init; }

    public string Object { get; } = "message_template";

    public required string Name { get; init; }

    /// <summary>Which version this is, from 1; the <c>ETag</c> of the newest.</summary>
    public required int Version { get; init; }

    /// <summary>The newest version there is.</summary>
    public required int NewestVersion { get; init; }

    /// <summary>The content; not in lists.</summary>
    public ChannelTemplate? Template { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public static MessageTemplateResponse From(MessageTemplate template) => new()
    {
        Id = template.Id,
        Name = template.Name,
        Version = template.Version,
        NewestVersion = template.Newest,
        Template = template.Template,
        CreatedAt = template.CreatedAt,
        UpdatedAt = template.UpdatedAt,
    };
}
