namespace Marketing.Channels.Webhooks;

/// <summary>Where the signing secrets of projects are found. Asked for every attempt, so it answers from memory.</summary>
internal interface IWebhookSecrets
{
    /// <summary>The webhook secret of a project; empty when it has none, and then nothing is sent.</summary>
    string Get(string projectId);
}
