using Marketing.Channels;

namespace Marketing.MessageTemplates;

/// <summary>The saved contents of emails of a project. Keyed by project number. A distribution that takes one keeps what it took: changing or deleting a template changes nothing that is saved already.</summary>
[Alias("message-templates"), GrainInterfaceType("message-templates")]
public interface IMessageTemplatesGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Creates a template, which is its version 1. Repeating it with the same id changes nothing and answers the template as it is; with an idempotency key that made another one since deleted,
    /// <see cref="MessageTemplateResult.Deleted"/>.
    /// </summary>
    [Alias("create")]
    Task<MessageTemplateResult> CreateAsync(string id, MessageTemplateDraft draft, CommandContext context);

    /// <summary>Makes a new version. Repeating it changes nothing: what is as the newest version is makes none.</summary>
    /// <param name="id">Which.</param>
    /// <param name="draft">The new version; a name that is null stays.</param>
    /// <param name="version">The version its author had; with another one it is refused as <see cref="MessageTemplateResult.Overtaken"/>, unless the newest is as the draft already. Null: whatever there is.</param>
    [Alias("change")]
    Task<MessageTemplateResult> ChangeAsync(string id, MessageTemplateDraft draft, long? version);

    /// <summary>Deletes a template with all its versions. False when there is none.</summary>
    [Alias("delete")]
    Task<bool> DeleteAsync(string id);

    /// <summary>A template in one of its versions, or null.</summary>
    /// <param name="id">Which.</param>
    /// <param name="version">Null for the newest.</param>
    /// <param name="cancellation">Ends the wait.</param>
    [Alias("find")]
    Task<MessageTemplate?> FindAsync(string id, int? version, CancellationToken cancellation = default);

    /// <summary>A page of templates in their newest version.</summary>
    [Alias("list")]
    Task<Page<MessageTemplate>> ListAsync(int limit, int page, string order, CancellationToken cancellation = default);

    /// <summary>A document as HTML with the brand details of now, for an author who goes on with it by hand. Nothing is changed.</summary>
    [Alias("copy")]
    Task<CopiedMail> CopyAsync(MailDocument document, CancellationToken cancellation = default);
}

/// <summary>A document that became HTML.</summary>
/// <param name="Html">Liquid is in it as it was in the document.</param>
/// <param name="LostPictures">How many codes are only written, whose picture was drawn by the engine.</param>
[GenerateSerializer, Immutable, Alias("copied-mail")]
public sealed record CopiedMail([property: Id(0)] string Html, [property: Id(1)] int LostPictures);

/// <summary>What an author saves.</summary>
/// <param name="Name">Unique in the project, 1..300 characters.</param>
/// <param name="Template">The content of an email; may be incomplete.</param>
[GenerateSerializer, Immutable, Alias("message-template-draft")]
public sealed record MessageTemplateDraft([property: Id(0)] string? Name, [property: Id(1)] ChannelTemplate Template);

/// <summary>A saved content.</summary>
[GenerateSerializer, Immutable, Alias("message-template")]
public sealed record MessageTemplate
{
    /// <summary>The most that a project has.</summary>
    public const int Most = 1_000;

    /// <summary>The most versions that one has.</summary>
    public const int MostVersions = 1_000;

    /// <summary><c>mtpl_…</c></summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>Its name now, also in earlier versions.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>Which version this is, from 1.</summary>
    [Id(2)] public required int Version { get; init; }

    /// <summary>The newest version there is.</summary>
    [Id(3)] public required int Newest { get; init; }

    /// <summary>The content of this version.</summary>
    [Id(4)] public required ChannelTemplate Template { get; init; }

    /// <summary>When the template was created.</summary>
    [Id(5)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    [Id(6)] public DateTimeOffset? UpdatedAt { get; init; }
}

/// <summary>Answer to a change of a template.</summary>
[GenerateSerializer, Immutable, Alias("message-template-result")]
public abstract record MessageTemplateResult
{
    /// <summary>Durable.</summary>
    [GenerateSerializer, Immutable, Alias("message-template-result.saved")]
    public sealed record Saved([property: Id(0)] MessageTemplate Template) : MessageTemplateResult;

    /// <summary>There is no such template.</summary>
    [GenerateSerializer, Immutable, Alias("message-template-result.not-found")]
    public sealed record NotFound : MessageTemplateResult;

    /// <summary>Another template has the name.</summary>
    [GenerateSerializer, Immutable, Alias("message-template-result.name-taken")]
    public sealed record NameTaken : MessageTemplateResult;

    /// <summary>There are as many as there may be: templates, or versions of this one.</summary>
    [GenerateSerializer, Immutable, Alias("message-template-result.too-many")]
    public sealed record TooMany([property: Id(0)] string What) : MessageTemplateResult;

    /// <summary>It was changed since.</summary>
    [GenerateSerializer, Immutable, Alias("message-template-result.overtaken")]
    public sealed record Overtaken([property: Id(0)] int Version) : MessageTemplateResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("message-template-result.key-reused")]
    public sealed record KeyReused : MessageTemplateResult;

    /// <summary>The same request was done before, and the template was deleted since. Nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("message-template-result.deleted")]
    public sealed record Deleted : MessageTemplateResult;
}

/// <summary>How the grains of saved templates are addressed.</summary>
public static class MessageTemplateAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>The saved templates of a project.</summary>
        public IMessageTemplatesGrain MessageTemplates(int project) => grains.At<IMessageTemplatesGrain>(GrainAddresses.Key(project));
    }
}
