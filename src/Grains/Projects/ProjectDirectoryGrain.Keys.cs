using Marketing.Clients;

namespace Marketing.Projects;

/// <summary>The keys of projects, as their owners see and change them.</summary>
internal sealed partial class ProjectDirectoryGrain
{
    private const int MostKeys = 50;

    public Task<IReadOnlyList<KeyListing>?> KeysAsync(string projectId) =>
        Task.FromResult<IReadOnlyList<KeyListing>?>(Stored(projectId) is { } project ? [.. KeysOf(project).Select(Listing)] : null);

    public async Task<KeyIssue> IssueKeyAsync(string projectId, string kind, string? name)
    {
        if (Stored(projectId) is not { } project)
        {
            return new KeyIssue.NotFound();
        }

        if (KeysOf(project).Count() >= MostKeys)
        {
            return new KeyIssue.TooMany(MostKeys);
        }

        var key = NewKey();
        var stored = Stored(key, kind, project.Number);
        stored.Name = name;
        store.State.Keys.Add(stored);
        await WriteAsync();
        return new KeyIssue.Issued(Listing(stored), key);
    }

    public async Task<KeyRevocation> RevokeKeyAsync(string projectId, string appId, string? asking)
    {
        if (Stored(projectId) is not { } project || KeysOf(project).FirstOrDefault(key => key.AppId == appId) is not { } revoked)
        {
            return RepeatedCalls.IsCurrent ? KeyRevocation.Revoked : KeyRevocation.NotFound;
        }

        if (appId == asking)
        {
            return KeyRevocation.InUse;
        }

        if (revoked.Kind == "server" && KeysOf(project).Count(static key => key.Kind == "server") == 1)
        {
            return KeyRevocation.LastServerKey;
        }

        store.State.Keys.Remove(revoked);
        await WriteAsync();
        return KeyRevocation.Revoked;
    }

    private IEnumerable<StoredKey> KeysOf(StoredProject project) => store.State.Keys.Where(key => key.Project == project.Number && key.Kind != "management");

    private static KeyListing Listing(StoredKey key) => new(key.AppId, key.Kind, key.Name, key.CreatedAt);
}
