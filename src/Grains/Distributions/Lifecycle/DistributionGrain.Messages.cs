using Marketing.Storage;

namespace Marketing.Distributions;

/// <summary>Its messages: looked at, tried out, estimated, tried again.</summary>
internal sealed partial class DistributionGrain
{
    public Task<PreviewResult> PreviewAsync(string? customerId, string? channel) =>
        trials.PreviewAsync(_project, State.Exists ? State.View : null, customerId, channel);

    public Task<TestSendResult> TestAsync(TestSend test, CommandContext context) => trials.SendAsync(_project, State.Exists ? State.View : null, test, context);

    public async Task<AudienceEstimate?> EstimateAudienceAsync(CancellationToken cancellation) =>
        State.Exists ? await estimator.EstimateAsync(_project, State.View!.Draft, cancellation) : null;

    public async Task<int?> RetryFailedAsync(IReadOnlyList<string>? messageIds, CommandContext? context)
    {
        if (!State.Exists)
        {
            return null;
        }

        List<long>? rows = null;
        if (messageIds is not null)
        {
            rows = [];
            foreach (var id in messageIds)
            {
                if (MessageIds.TryParse(id, out var distribution, out var number) && distribution == State.View!.Number)
                {
                    rows.Add(number);
                }
            }
        }

        // The first attempt of the request may have queued them, and its answer was lost.
        var request = context is null ? null : RequeueRequest.Of(_project, _id, context);
        if (request is not null && await operations.FindAsync(_project, request.Key) is { } begun)
        {
            request = request.Continue(begun);
        }

        var total = request?.Before ?? 0;
        if (State.Status is DistributionStatuses.Stopped or DistributionStatuses.Unreadable)
        {
            return total;
        }

        for (var requeued = RequeueRequest.AtOnce; requeued == RequeueRequest.AtOnce && request?.Finished is not true;)
        {
            requeued = await queue.RequeueFailedAsync(State.View!.Number, rows, RequeueRequest.AtOnce, clock.GetUtcNow(), request);
            total += requeued;
            _requeued += requeued;
            request = request?.After(requeued);
        }

        if (total > 0)
        {
            if (State.Status == DistributionStatuses.Sent && await queue.HasPendingAsync(State.View!.Number))
            {
                await ReopenAsync($"{total} messages");
            }
            else if (State.Status == DistributionStatuses.Sending)
            {
                // The first attempt of the request may have been cut short when it was open again.
                await catalogues.ChangedAsync(_project);
            }

            await WakeAllLanesAsync();
        }

        return total;
    }

    private async Task ReopenAsync(string? detail)
    {
        State.View = State.View! with { Status = DistributionStatuses.Sending, UpdatedAt = clock.GetUtcNow() };
        await SaveAsync("distribution.retried", detail);
        await catalogues.ChangedAsync(_project);
    }
}
