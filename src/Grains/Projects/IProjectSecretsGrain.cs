namespace Marketing.Projects;

/// <summary>What silos need of the directory and nobody else may see. Implemented by the directory itself; keyed 0.</summary>
[Alias("project-secrets"), GrainInterfaceType("project-secrets")]
internal interface IProjectSecretsGrain : IGrainWithIntegerKey
{
    /// <summary>What webhooks of a project are signed with.</summary>
    [Alias("webhook-secret")]
    Task<string> WebhookSecretAsync(string projectId);

    /// <summary>What unsubscribe links are signed with.</summary>
    [Alias("link-secret")]
    Task<string> LinkSecretAsync();
}
