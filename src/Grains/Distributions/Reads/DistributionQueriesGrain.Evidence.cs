using Marketing.Projects;

namespace Marketing.Distributions;

/// <summary>What there is to say of single messages, and of all that the account sends.</summary>
internal sealed partial class DistributionQueriesGrain
{
    public Task<IReadOnlyList<MessageLimit>> MessageLimitsAsync() => limits.UsedAsync(Project);

    public async Task<MessageAttempts?> AttemptsAsync(string distributionId, string messageId) =>
        await NumberAsync(distributionId) is { } number ? await evidence.AttemptsAsync(number, messageId) : null;

    public async Task<RenderedMessage> RenderAsync(string distributionId, string messageId) =>
        await store.FindAsync(Project, distributionId) is { } row && row.Status != DistributionRowMapping.Deleted
            ? await evidence.RenderAsync(Project, DistributionRowMapping.View(row), messageId)
            : new RenderedMessage.NotFound("distribution");
}
