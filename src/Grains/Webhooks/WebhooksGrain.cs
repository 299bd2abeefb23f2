using System.Text.Json;
using Marketing.Catalogue;
using Marketing.Channels.Webhooks;
using Marketing.Clients;
using Marketing.Projects;
using Marketing.Storage;
using Microsoft.Extensions.Options;

namespace Marketing.Webhooks;

[GrainType("webhooks"), CollectionAgeLimit(Minutes = 2)]
internal sealed class WebhooksGrain(
    ITableStore<WebhookRow> store, IOperationStore operations, ICommitter committer, Catalogues catalogues, ISecretProtection protection, IOptions<WebhookOptions> options, INumbers numbers,
    TimeProvider clock) : Grain, IWebhooksGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<WebhookResult> CreateAsync(string id, WebhookDraft draft, CommandContext context)
    {
        while (true)
        {
            var present = await store.FindAsync(Project, id);
            var done = await operations.FindAsync(Project, context);
            if (done is { IsOther: true })
            {
                return new WebhookResult.KeyReused();
            }

            if (present is not null || done is not null)
            {
                // Whoever asked first may have died before the silos heard of it, or before it was told the secret.
                return present is null ? new WebhookResult.Deleted() : await KnownAsync(present, SecretsOf(present).FirstOrDefault(secret => secret.CreatedAt == present.CreatedAt)?.Text);
            }

            if (SubscriptionRules.ProblemsOf(draft, isNew: true, options.Value.AllowPrivateNetworks) is { Count: > 0 } problems)
            {
                return new WebhookResult.Invalid(problems);
            }

            if ((await store.AllAsync(Project)).Count >= Webhook.Most)
            {
                return new WebhookResult.TooMany();
            }

            var now = clock.GetStoredNow();
            var secret = WebhookSecret.New(now, context.RequestId);
            var row = new WebhookRow(
                await numbers.NextAsync(WebhookTable.Webhooks.Numbers), id, 0, draft.TargetUrl!, SubscriptionRules.Joined(draft.Events!), draft.IsActive ?? true, null, null, Protected([secret]), now, null);
            if (await CommitAsync(WebhookTable.Webhooks.Save(row), context.Remember(null, now)))
            {
                return await KnownAsync(row, secret.Text);
            }
        }
    }

    public async Task<WebhookResult> ChangeAsync(string id, WebhookDraft draft)
    {
        while (await store.FindAsync(Project, id) is { } present)
        {
            if (SubscriptionRules.ProblemsOf(draft, isNew: false, options.Value.AllowPrivateNetworks) is { Count: > 0 } problems)
            {
                return new WebhookResult.Invalid(problems);
            }

            var row = SubscriptionRules.Changed(present, draft, clock.GetStoredNow());
            if (row == present || await CommitAsync(WebhookTable.Webhooks.Save(row)))
            {
                return await KnownAsync(row, null);
            }
        }

        return new WebhookResult.NotFound();
    }

    public async Task<bool> DeleteAsync(string id)
    {
        while (await store.FindAsync(Project, id) is { } present)
        {
            if (await CommitAsync(WebhookTable.Webhooks.Delete(present)))
            {
                // Only when nothing more is owed to it.
                await catalogues.ChangedAsync(Project);
                await GrainFactory.Webhook(Project, id).ForgetAsync(present.Number);
                return true;
            }
        }

        return RepeatedCalls.IsCurrent;
    }

    public async Task<WebhookResult> RotateSecretAsync(string id, TimeSpan overlap, CommandContext context)
    {
        while (await store.FindAsync(Project, id) is { } present)
        {
            var done = await operations.FindAsync(Project, context);
            if (done is { IsOther: true })
            {
                return new WebhookResult.KeyReused();
            }

            var secrets = SecretsOf(present);
            if (secrets is [var newest, ..] && (done is not null || newest.RequestId == context.RequestId))
            {
                return await KnownAsync(present, newest.Text);
            }

            var now = clock.GetStoredNow();
            var made = WebhookSecret.New(now, context.RequestId);
            var row = present with { Secrets = Protected(WebhookSecrets.Rotated(secrets, made, overlap)), UpdatedAt = now };
            if (await CommitAsync(WebhookTable.Webhooks.Save(row), context.Remember(null, now)))
            {
                return await KnownAsync(row, made.Text);
            }
        }

        return new WebhookResult.NotFound();
    }

    public async Task<Webhook?> FindAsync(string id, CancellationToken cancellation) => await store.FindAsync(Project, id) is { } row ? View(row) : null;

    public async Task<IReadOnlyList<Webhook>> ListAsync(CancellationToken cancellation) =>
        [.. (await store.AllAsync(Project)).OrderBy(static row => row.CreatedAt).ThenBy(static row => row.Number).Select(View)];

    private string Protected(IReadOnlyList<WebhookSecret> secrets) => protection.Protect(WebhookSecrets.Write(secrets));

    // None where the keys are gone that they were protected with: making a new one is the way out.
    private IReadOnlyList<WebhookSecret> SecretsOf(WebhookRow row)
    {
        try
        {
            return WebhookSecrets.Read(protection.Read(row.Secrets));
        }
        catch (Exception unreadable) when (unreadable is InvalidOperationException or JsonException)
        {
            return [];
        }
    }

    private Webhook View(WebhookRow row) => new()
    {
        Id = row.Id,
        TargetUrl = row.TargetUrl,
        Events = row.EventList,
        IsActive = row.IsActive,
        DisabledReason = row.DisabledReason,
        DisabledAt = row.DisabledAt,
        Secrets = [.. WebhookSecrets.At(SecretsOf(row), clock.GetUtcNow()).Select(static secret => new WebhookSecretSpan(secret.CreatedAt, secret.EndsAt))],
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
    };

    private async Task<WebhookResult> KnownAsync(WebhookRow row, string? secret)
    {
        await catalogues.ChangedAsync(Project);
        await GrainFactory.Webhook(Project, row.Id).WakeAsync();
        return new WebhookResult.Saved(View(row), secret);
    }

    private async Task<bool> CommitAsync(RowWrite write, OperationWrite? operation = null)
    {
        var commit = new Commit { Project = Project, Operation = operation };
        commit.Rows.Add(write);
        return (await committer.CommitAsync(commit)).IsDurable;
    }
}
