namespace Marketing.Webhooks;

/// <summary>How the grains of webhooks are addressed.</summary>
public static class WebhookAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>The webhooks of a project.</summary>
        public IWebhooksGrain Webhooks(int project) => grains.At<IWebhooksGrain>(GrainAddresses.Key(project));

        /// <summary>One webhook at work.</summary>
        public IWebhookGrain Webhook(int project, string webhookId) => grains.At<IWebhookGrain>(GrainAddresses.Key(project, webhookId));

        /// <summary>Reads over what was posted.</summary>
        public ISendoutQueriesGrain SendoutQueries(int project) => grains.At<ISendoutQueriesGrain>(GrainAddresses.Key(project));
    }
}
