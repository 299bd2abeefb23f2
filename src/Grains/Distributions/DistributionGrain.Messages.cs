namespace Marketing.Distributions;

/// <summary>Its messages: looked at, tried out, estimated, tried again.</summary>
internal sealed partial class DistributionGrain
{
    public Task<PreviewResult> PreviewAsync(string customerId) => trials.PreviewAsync(_project, State.Exists ? State.View : null, customerId);

    public Task<TestSendResult> TestAsync(TestSend test, CommandContext context) => trials.SendAsync(_project, State.Exists ? State.View : null, test, context);

    public async Task<AudienceEstimate?> EstimateAudienceAsync(CancellationToken cancellation) =>
        State.Exists ? await estimator.EstimateAsync(_project, State.View!.Draft, cancellation) : null;

    public async Task<int?> RetryFailedAsync(IReadOnlyList<string>? messageIds)
    {
        if (!State.Exists)
        {
            return null;
        }

        if (State.Status is DistributionStatuses.Stopped)
        {
            return 0;
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

        const int atOnce = 5_000;
        var total = 0;
        int requeued;
        do
        {
            requeued = await queue.RequeueFailedAsync(State.View!.Number, rows, atOnce, clock.GetUtcNow());
            total += requeued;
            _requeued += requeued;
        }
        while (requeued == atOnce && rows is null);

        if (total > 0)
        {
            if (State.Status == DistributionStatuses.Sent)
            {
                await ReopenAsync($"{total} messages");
            }

            WakeLanes();
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
