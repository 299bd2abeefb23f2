using Marketing.Catalogue;
using Marketing.Channels.Webhooks;
using Marketing.Projects;
using Marketing.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Webhooks;

/// <summary>What the grain is asked, and its life. How it posts is beside it.</summary>
[GrainType("webhook"), CollectionAgeLimit(Minutes = 5)]
internal sealed partial class WebhookGrain(
    ITableStore<WebhookRow> webhooks, ITableStore<SendoutRow> rows, ISendoutStore sendouts, ICommitter committer, Catalogues catalogues, ProjectIds projects, ProjectWebhookSecrets projectSecrets,
    SendoutClient client, IOptions<WebhookOptions> options, TimeProvider clock, ILogger<WebhookGrain> logger)
    : Grain, IWebhookGrain, IDisposable
{
    private const int ForgottenAtOnce = 200;
    private const int ReplayedAtOnce = 100;

    private int _project;
    private string _id = "";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_project, _id) = GrainAddresses.Split(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    // Nothing more is begun, and what is in the air gets the time the host gives to be recorded; what is not then is posted again.
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _ending = true;
        _heard.TrySetResult();
        await Task.WhenAny(_pump, Task.Delay(Timeout.Infinite, cancellationToken));
    }

    public void Dispose() => _timer?.Dispose();

    public Task WakeAsync()
    {
        Hear();
        return Task.CompletedTask;
    }

    public async Task ForgetAsync(long number)
    {
        while (await sendouts.SomeAsync(number, ForgottenAtOnce) is { Count: > 0 } some)
        {
            var commit = new Commit { Project = _project };
            commit.Rows.AddRange(some.Select(SendoutTable.Sendouts.Delete));

            // Where an outcome was written meanwhile it is read again.
            await committer.CommitAsync(commit);
        }
    }

    public async Task<ReplayResult> ReplayAsync(string sendoutId)
    {
        while (true)
        {
            var (webhook, refusal) = await ReplayableAsync();
            if (webhook is null)
            {
                return refusal!;
            }

            if (await rows.FindAsync(_project, sendoutId) is not { } row || row.Webhook != webhook.Number)
            {
                return new ReplayResult.NoSuchSendout();
            }

            if (await OweAgainAsync([row]))
            {
                Hear();
                return new ReplayResult.Owed(1, HasMore: false);
            }
        }
    }

    public async Task<ReplayResult> ReplaySinceAsync(DateTimeOffset since, bool all)
    {
        var (webhook, refusal) = await ReplayableAsync();
        if (webhook is null)
        {
            return refusal!;
        }

        var (count, after) = (0, 0L);
        while (await sendouts.FinishedAsync(webhook.Number, since, all, after, ReplayedAtOnce) is { Count: > 0 } page)
        {
            if (count >= ReplayResult.MostAtOnce)
            {
                return new ReplayResult.Owed(count, HasMore: true);
            }

            // Where a customer was erased meanwhile the rest of the page is read again.
            if (await OweAgainAsync(page))
            {
                (count, after) = (count + page.Count, page[^1].Number);
                Hear();
            }
        }

        return new ReplayResult.Owed(count, HasMore: false);
    }

    public async Task<WebhookTest?> PingAsync()
    {
        if ((await catalogues.FreshAsync(_project)).Section<WebhookSection>().Find(_id) is not { } webhook)
        {
            return null;
        }

        if (webhook.Secrets.Count == 0)
        {
            return new WebhookTest(false, null, null, "the secrets of the webhook cannot be read; make a new one", TimeSpan.Zero);
        }

        var now = clock.GetStoredNow();
        var ping = new Announcement("ping", ObjectIds.New("evwh_"), webhook.Id, now, null, "API", null, "{}"u8.ToArray()).OwedTo(webhook, await projects.OfAsync(_project), 0);
        var since = clock.GetTimestamp();
        var answer = await PostAsync(webhook, ping);
        var (after, _) = SendoutRules.After(ping, answer, now, _retries);
        return new WebhookTest(after.Status == SendoutRow.Succeeded, answer.Status, answer.Text, after.Error, clock.GetElapsedTime(since));
    }

    private async Task<(WebhookRow? Row, ReplayResult? Refusal)> ReplayableAsync() => await webhooks.FindAsync(_project, _id) switch
    {
        null => (null, new ReplayResult.NotFound()),
        { IsActive: false } => (null, new ReplayResult.Disabled()),
        var row => (row, null),
    };

    private async Task<bool> OweAgainAsync(IReadOnlyList<SendoutRow> some)
    {
        var now = clock.GetStoredNow();
        var commit = new Commit { Project = _project };
        foreach (var row in some.Where(row => !_inFlight.ContainsKey(row.Number)))
        {
            if (SendoutRules.Again(row, now) is var again && again != row)
            {
                commit.Rows.Add(SendoutTable.Sendouts.Save(again));
            }
        }

        return commit.Rows.Count == 0 || (await committer.CommitAsync(commit)).IsDurable;
    }
}
