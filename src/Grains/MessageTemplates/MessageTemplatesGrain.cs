using Marketing.Branding;
using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Channels.Email;
using Marketing.Clients;
using Marketing.Storage;

namespace Marketing.MessageTemplates;

[GrainType("message-templates"), CollectionAgeLimit(Minutes = 2)]
internal sealed class MessageTemplatesGrain(
    ITableStore<MessageTemplateRow> store, ITableStore<MessageTemplateVersionRow> versions, MessageTemplateReads reads, IOperationStore operations, ICommitter committer, INumbers numbers, Catalogues catalogues, TimeProvider clock)
    : Grain, IMessageTemplatesGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<MessageTemplateResult> CreateAsync(string id, MessageTemplateDraft draft, CommandContext context)
    {
        while (true)
        {
            var present = await store.FindAsync(Project, id);
            var done = await operations.FindAsync(Project, context);
            if (done is { IsOther: true })
            {
                return new MessageTemplateResult.KeyReused();
            }

            if (present is not null || done is not null)
            {
                return present is null ? new MessageTemplateResult.Deleted() : new MessageTemplateResult.Saved(await ViewAsync(present, present.Newest));
            }

            if ((await store.ListAsync(Project, new TableQuery(null, 1, 1), CancellationToken.None)).Total >= MessageTemplate.Most)
            {
                return new MessageTemplateResult.TooMany($"templates, {MessageTemplate.Most}");
            }

            if (await store.FindAsync(Project, MessageTemplateTable.Name, draft.Name!) is not null)
            {
                return new MessageTemplateResult.NameTaken();
            }

            var row = new MessageTemplateRow(await numbers.NextAsync(MessageTemplateTable.Templates.Numbers), id, 0, draft.Name!, 1, clock.GetStoredNow(), null);
            if (await CommitAsync(row, draft, context))
            {
                return new MessageTemplateResult.Saved(await ViewAsync(row, 1));
            }
        }
    }

    public async Task<MessageTemplateResult> ChangeAsync(string id, MessageTemplateDraft draft, long? version)
    {
        while (await store.FindAsync(Project, id) is { } present)
        {
            var newest = await versions.FindAsync(Project, MessageTemplateTable.VersionId(id, present.Newest));
            var name = draft.Name ?? present.Name;
            if (name == present.Name && newest?.Content == MessageTemplateTable.Write(draft.Template))
            {
                // The answer to the change that made it so may have been lost.
                return new MessageTemplateResult.Saved(MessageTemplateTable.View(present, present.Newest, newest));
            }

            if (version is { } known && known != present.Newest)
            {
                return new MessageTemplateResult.Overtaken(present.Newest);
            }

            if (name != present.Name && await store.FindAsync(Project, MessageTemplateTable.Name, name) is not null)
            {
                return new MessageTemplateResult.NameTaken();
            }

            if (present.Newest >= MessageTemplate.MostVersions)
            {
                return new MessageTemplateResult.TooMany($"versions, {MessageTemplate.MostVersions}");
            }

            var row = present with { Name = name, Newest = present.Newest + 1, UpdatedAt = clock.GetStoredNow() };
            if (await CommitAsync(row, draft, null))
            {
                return new MessageTemplateResult.Saved(await ViewAsync(row, row.Newest));
            }
        }

        return new MessageTemplateResult.NotFound();
    }

    public async Task<bool> DeleteAsync(string id)
    {
        while (await store.FindAsync(Project, id) is { } present)
        {
            var commit = new Commit { Project = Project };
            commit.Rows.Add(MessageTemplateTable.Templates.Delete(present));
            foreach (var version in await versions.FindManyAsync(Project, MessageTemplateTable.Template, [present.Number], MessageTemplate.MostVersions))
            {
                commit.Rows.Add(MessageTemplateTable.Versions.Delete(version));
            }

            if ((await committer.CommitAsync(commit)).IsDurable)
            {
                return true;
            }
        }

        return RepeatedCalls.IsCurrent;
    }

    public Task<MessageTemplate?> FindAsync(string id, int? version, CancellationToken cancellation) => reads.FindAsync(Project, id, version);

    public async Task<Page<MessageTemplate>> ListAsync(int limit, int page, string order, CancellationToken cancellation)
    {
        var found = await store.ListAsync(Project, new TableQuery(order, limit, page), cancellation);
        return found.Of<MessageTemplate>([.. found.Items.Select(static row => MessageTemplateTable.View(row, row.Newest, null))]);
    }

    public async Task<CopiedMail> CopyAsync(MailDocument document, CancellationToken cancellation)
    {
        var (html, lost) = MailCopy.Of(document, (await catalogues.FreshAsync(Project)).Section<BrandSection>().Details);
        return new CopiedMail(html, lost);
    }

    private async Task<bool> CommitAsync(MessageTemplateRow row, MessageTemplateDraft draft, CommandContext? context)
    {
        var content = new MessageTemplateVersionRow(
            await numbers.NextAsync(MessageTemplateTable.Versions.Numbers), MessageTemplateTable.VersionId(row.Id, row.Newest), 0, row.Number, MessageTemplateTable.Write(draft.Template), clock.GetStoredNow());
        var commit = new Commit { Project = Project, Operation = context?.Remember(null, clock.GetUtcNow()) };
        commit.Rows.Add(MessageTemplateTable.Templates.Save(row));
        commit.Rows.Add(MessageTemplateTable.Versions.Save(content));
        return (await committer.CommitAsync(commit)).IsDurable;
    }

    private async Task<MessageTemplate> ViewAsync(MessageTemplateRow row, int version) =>
        MessageTemplateTable.View(row, version, await versions.FindAsync(Project, MessageTemplateTable.VersionId(row.Id, version)));
}
