using System.Collections.Concurrent;
using Marketing.Channels.Webhooks;

namespace Marketing.Projects;

/// <summary>Webhook secrets from the directory, kept: they never change.</summary>
internal sealed class ProjectWebhookSecrets(IGrainFactory grains) : IWebhookSecrets
{
    private readonly ConcurrentDictionary<string, string> _known = new();

    public string Get(string projectId) => _known.GetValueOrDefault(projectId, "");

    /// <summary>Loads the secret of a project; asked for before its first message.</summary>
    public async ValueTask PrepareAsync(string projectId)
    {
        if (!_known.ContainsKey(projectId))
        {
            _known[projectId] = await grains.GetGrain<IProjectSecretsGrain>(0).WebhookSecretAsync(projectId);
        }
    }
}
