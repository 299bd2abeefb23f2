using Marketing.Storage;
using Orleans.Concurrency;

namespace Marketing.Webhooks;

[GrainType("sendout-queries"), StatelessWorker, Reentrant]
internal sealed class SendoutQueriesGrain(ITableStore<WebhookRow> webhooks, ITableStore<SendoutRow> rows, ISendoutStore sendouts) : Grain, ISendoutQueriesGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<Page<Sendout>?> ListAsync(string webhookId, SendoutQuery query, CancellationToken cancellation)
    {
        if (await webhooks.FindAsync(Project, webhookId) is not { } webhook)
        {
            return null;
        }

        var page = await sendouts.ListAsync(webhook.Number, query, cancellation);
        return page.Of<Sendout>([.. page.Items.Select(SendoutRules.View)]);
    }

    public async Task<Sendout?> FindAsync(string webhookId, string sendoutId, CancellationToken cancellation) =>
        await webhooks.FindAsync(Project, webhookId) is { } webhook && await rows.FindAsync(Project, sendoutId) is { } row && row.Webhook == webhook.Number ? SendoutRules.View(row) : null;
}
