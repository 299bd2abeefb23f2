using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Projects;

[GrainType("project-directory")]
internal sealed partial class ProjectDirectoryGrain(
    [PersistentState("projects")] IPersistentState<ProjectDirectoryState> store, ISecretProtection protection, IEnumerable<ITimeZoneFollower> followers,
    IOptions<CodeOptions> codes, TimeProvider clock, ILogger<ProjectDirectoryGrain> logger) : Grain, IProjectDirectoryGrain, IProjectSecretsGrain, IDisposable
{
    // Settings are changed beside other calls.
    private readonly SemaphoreSlim _writing = new(1, 1);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // What a crash left, in a turn of its own: segments ask this grain.
        if (store.State.Projects.Any(project => project.EarlierTimeZone is not null))
        {
            TellSegmentsAfter(TimeSpan.Zero);
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _writing.Dispose();
        _retry?.Dispose();
    }

    public async Task<BootstrapResult> BootstrapAsync(string? appId, string? appToken)
    {
        var first = store.State.Projects.FirstOrDefault();
        ProjectCreated? created = null;
        if (first is null)
        {
            created = Add(new ProjectSettings { Name = "First project", ClientTrustedDomains = ["*"], ClientCreateCustomer = true }, Given(appId, appToken));
            first = store.State.Projects[0];
        }
        else if (Given(appId, appToken) is { } given && !Knows(given))
        {
            // A configured key always works: whoever configures the process owns the deployment.
            store.State.Keys.RemoveAll(key => key.AppId == given.AppId);
            store.State.Keys.Add(Stored(given, "server", first.Number));
        }

        IssuedKey? management = null;
        if (store.State.Keys.All(key => key.Kind != "management"))
        {
            management = NewKey();
            store.State.Keys.Add(Stored(management, "management", 0));
        }

        // Without the keys nothing could be signed: better said now than with every message.
        protection.Read(store.State.LinkSecret ??= Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        await WriteAsync();
        return new BootstrapResult(View(first), created, management);
    }

    public async Task<ProjectCreated> CreateAsync(ProjectSettings settings)
    {
        var created = Add(settings, NewKey());
        await WriteAsync();
        return created;
    }

    public Task<IReadOnlyList<Project>> ListAsync() => Task.FromResult<IReadOnlyList<Project>>([.. store.State.Projects.Select(View)]);

    public Task<Project?> FindAsync(string projectId) => Task.FromResult(Stored(projectId) is { } project ? View(project) : null);

    public async Task<Project?> UpdateAsync(string projectId, ProjectSettings settings)
    {
        if (Stored(projectId) is not { } project)
        {
            return null;
        }

        if (settings.TimeZone != project.TimeZone)
        {
            project.EarlierTimeZone ??= project.TimeZone;
        }

        Apply(project, settings);
        await WriteAsync();
        await TellSegmentsAsync(project);
        return View(project);
    }

    public Task<AccessKey?> ResolveKeyAsync(string appId) =>
        Task.FromResult(store.State.Keys.FirstOrDefault(key => key.AppId == appId && key.Kind != "management") is { } key ? View(key) : null);

    public Task<AccessKey?> ManagementKeyAsync() =>
        Task.FromResult(store.State.Keys.FirstOrDefault(key => key.Kind == "management") is { } key ? View(key) : null);

    public Task<string> WebhookSecretAsync(string projectId) => Task.FromResult(protection.Read(Stored(projectId)?.WebhookSecret ?? ""));

    public Task<string> LinkSecretAsync() => Task.FromResult(protection.Read(store.State.LinkSecret ?? ""));

    private async Task WriteAsync()
    {
        await _writing.WaitAsync();
        try
        {
            Protect();
            await store.WriteStateAsync();
        }
        catch
        {
            // What is in memory may not be what is stored: the next call reads it again.
            DeactivateOnIdle();
            throw;
        }
        finally
        {
            _writing.Release();
        }
    }

    // All of them: those of an earlier version were stored in the clear.
    private void Protect()
    {
        store.State.LinkSecret = store.State.LinkSecret is { } link ? protection.Protect(link) : null;
        foreach (var project in store.State.Projects)
        {
            project.WebhookSecret = protection.Protect(project.WebhookSecret);
        }
    }

    private ProjectCreated Add(ProjectSettings settings, IssuedKey? serverKey)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var project = new StoredProject
        {
            Number = store.State.Projects.Count == 0 ? 1 : store.State.Projects.Max(known => known.Number) + 1,
            Id = ObjectIds.New("proj_"),
            CreatedAt = clock.GetUtcNow(),
            WebhookSecret = secret,
            CaseSensitiveCodes = settings.CaseSensitiveCodes ?? codes.Value.CaseSensitive,
        };
        Apply(project, settings);
        store.State.Projects.Add(project);

        serverKey ??= NewKey();
        var clientKey = NewKey();
        store.State.Keys.Add(Stored(serverKey, "server", project.Number));
        store.State.Keys.Add(Stored(clientKey, "client", project.Number));
        return new ProjectCreated(View(project), serverKey, clientKey, secret);
    }

    private static void Apply(StoredProject project, ProjectSettings settings)
    {
        project.Name = settings.Name;
        project.TimeZone = settings.TimeZone;
        project.Currency = settings.Currency;
        project.ClientTrustedDomains = [.. settings.ClientTrustedDomains];
        project.ClientCreateCustomer = settings.ClientCreateCustomer;
        project.ClientRedeem = settings.ClientRedeem;
        project.ClientPublish = settings.ClientPublish;
        project.DialCode = settings.DialCode;
        project.QuietHours = settings.QuietHours;
        project.FrequencyCaps = [.. settings.FrequencyCaps];
        project.MessagePlan = settings.MessagePlan;
    }

    private StoredProject? Stored(string projectId) => store.State.Projects.FirstOrDefault(project => project.Id == projectId);

    private StoredKey Stored(IssuedKey key, string kind, int project) =>
        new() { AppId = key.AppId, TokenHash = Hash(key.AppToken), Kind = kind, Project = project, CreatedAt = clock.GetUtcNow() };

    private bool Knows(IssuedKey given) => store.State.Keys.Any(key => key.AppId == given.AppId && key.TokenHash.AsSpan().SequenceEqual(Hash(given.AppToken)));

    private static IssuedKey? Given(string? appId, string? appToken) =>
        string.IsNullOrEmpty(appId) || string.IsNullOrEmpty(appToken) ? null : new IssuedKey(appId, appToken);

    private static IssuedKey NewKey() => new(Guid.CreateVersion7().ToString(), new Guid(RandomNumberGenerator.GetBytes(16)).ToString());

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private AccessKey View(StoredKey key) => new()
    {
        AppId = key.AppId,
        TokenHash = key.TokenHash,
        Kind = key.Kind,
        Project = store.State.Projects.FirstOrDefault(project => project.Number == key.Project) is { } project ? View(project) : null,
        SessionSecret = key.Kind == "server" && store.State.LinkSecret is { } secret
            ? HKDF.DeriveKey(HashAlgorithmName.SHA256, Convert.FromBase64String(protection.Read(secret)), SHA256.HashSizeInBytes, salt: key.TokenHash, info: Encoding.UTF8.GetBytes($"browser session {key.AppId}"))
            : null,
    };

    private static Project View(StoredProject project) => new()
    {
        Number = project.Number,
        Id = project.Id,
        CreatedAt = project.CreatedAt,
        EarlierTimeZone = project.EarlierTimeZone,
        Settings = new ProjectSettings
        {
            Name = project.Name,
            TimeZone = project.TimeZone,
            Currency = project.Currency,
            ClientTrustedDomains = [.. project.ClientTrustedDomains],
            ClientCreateCustomer = project.ClientCreateCustomer,
            ClientRedeem = project.ClientRedeem,
            ClientPublish = project.ClientPublish,
            DialCode = project.DialCode,
            QuietHours = project.QuietHours,
            FrequencyCaps = [.. project.FrequencyCaps ?? []],
            MessagePlan = project.MessagePlan,
            CaseSensitiveCodes = project.CaseSensitiveCodes,
        },
    };
}
