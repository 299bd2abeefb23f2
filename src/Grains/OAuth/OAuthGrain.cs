using Marketing.Clients;
using Marketing.Storage;

namespace Marketing.OAuth;

[GrainType("oauth"), CollectionAgeLimit(Minutes = 2)]
internal sealed class OAuthGrain(ITableStore<OAuthTokenRow> store, ICommitter committer, INumbers numbers, TimeProvider clock) : Grain, IOAuthGrain
{
    private const int AtOnce = 100;

    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<OAuthToken?> IssueAsync(string id, byte[] hash, string appId, string scope)
    {
        while (true)
        {
            if (await store.FindAsync(Project, id) is { } present)
            {
                return View(present);
            }

            // They all live equally long, so the oldest have expired first.
            var now = clock.GetStoredNow();
            var oldest = await store.ListAsync(Project, new TableQuery("created_at", AtOnce, 1), CancellationToken.None);
            var expired = oldest.Items.Where(token => token.ExpiresAt <= now).ToList();
            if (oldest.Total - expired.Count >= OAuthToken.Most && expired.Count < AtOnce)
            {
                return null;
            }

            var commit = new Commit { Project = Project };
            commit.Rows.AddRange(expired.Select(OAuthTokenTable.Tokens.Delete));
            var row = new OAuthTokenRow(await numbers.NextAsync(OAuthTokenTable.Tokens.Numbers), id, 0, hash, appId, scope, now, now + OAuthToken.Lifetime);
            if (oldest.Total - expired.Count < OAuthToken.Most)
            {
                commit.Rows.Add(OAuthTokenTable.Tokens.Save(row));
            }

            await committer.CommitAsync(commit);
        }
    }

    public async Task<OAuthToken?> FindAsync(string id, CancellationToken cancellation) =>
        await store.FindAsync(Project, id) is { } row && row.ExpiresAt > clock.GetUtcNow() ? View(row) : null;

    public async Task<bool> RevokeAsync(string id)
    {
        while (await store.FindAsync(Project, id) is { } present && present.ExpiresAt > clock.GetUtcNow())
        {
            var commit = new Commit { Project = Project };
            commit.Rows.Add(OAuthTokenTable.Tokens.Delete(present));
            if ((await committer.CommitAsync(commit)).IsDurable)
            {
                return true;
            }
        }

        return RepeatedCalls.IsCurrent;
    }

    private static OAuthToken View(OAuthTokenRow row) => new() { Hash = row.Hash, AppId = row.AppId, Scope = row.Scope, ExpiresAt = row.ExpiresAt };
}
