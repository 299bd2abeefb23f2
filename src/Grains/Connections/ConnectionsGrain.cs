using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Channels.Email.Feedback;
using Marketing.Clients;
using Marketing.Projects;
using Marketing.Storage;

namespace Marketing.Connections;

[GrainType("connections"), CollectionAgeLimit(Minutes = 2)]
internal sealed class ConnectionsGrain(
    ITableStore<ConnectionRow> store, IOperationStore operations, ICommitter committer, Catalogues catalogues, ChannelRegistry channels, ProviderRegistry providers, ConnectionLines lines, ISecretProtection protection,
    IEnumerable<IConnectionUser> users, ReceiptAddresses receipts, INumbers numbers, TimeProvider clock) : Grain, IConnectionsGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<ConnectionResult> CreateAsync(string id, ConnectionDraft draft, CommandContext context)
    {
        while (true)
        {
            var present = await store.FindAsync(Project, id);
            var done = await operations.FindAsync(Project, context);
            if (done is { IsOther: true })
            {
                return new ConnectionResult.KeyReused();
            }

            if (present is not null || done is not null)
            {
                return present is null ? new ConnectionResult.Deleted() : await KnownAsync(present);
            }

            var (provider, problems) = ProviderOf(draft);
            if (provider is null)
            {
                return new ConnectionResult.Invalid(problems);
            }

            var all = await store.AllAsync(Project);
            if (all.Count >= Connection.Most)
            {
                return new ConnectionResult.TooMany();
            }

            var row = new ConnectionRow(
                await numbers.NextAsync(ConnectionTable.Connections.Numbers), id, 0, draft.Name!, draft.Type!, draft.Provider!, "{}", "", "",
                all.All(other => other.Type != draft.Type), IsPaused: false, RateLimit: null, clock.GetStoredNow(), null);
            var (result, saved) = await SaveAsync(row, row, provider, draft, all, context);
            if (saved)
            {
                return result!;
            }
        }
    }

    public async Task<ConnectionResult> ChangeAsync(string id, ConnectionDraft draft)
    {
        while (await store.FindAsync(Project, id) is { } present)
        {
            if (draft.Type is { } type && type != present.Type)
            {
                return new ConnectionResult.Invalid([new("type", "is fixed when the connection is created")]);
            }

            if (draft.Provider is { } provider && provider != present.Provider)
            {
                return new ConnectionResult.Invalid([new("provider", "is fixed when the connection is created")]);
            }

            if (providers.Find(present.Type, present.Provider) is not { } known)
            {
                return new ConnectionResult.Invalid([new("provider", "is none of those that there are")]);
            }

            var (result, saved) = await SaveAsync(present, present with { Name = draft.Name ?? present.Name }, known, draft, await store.AllAsync(Project), null);
            if (saved)
            {
                return result!;
            }
        }

        return new ConnectionResult.NotFound();
    }

    public async Task<ConnectionResult> PauseAsync(string id, bool paused)
    {
        while (await store.FindAsync(Project, id) is { } present)
        {
            if (present.IsPaused == paused || await CommitAsync(ConnectionTable.Connections.Save(present with { IsPaused = paused, UpdatedAt = clock.GetStoredNow() })))
            {
                return await KnownAsync((await store.FindAsync(Project, id)) ?? present);
            }
        }

        return new ConnectionResult.NotFound();
    }

    public async Task<ConnectionResult?> DeleteAsync(string id)
    {
        while (await store.FindAsync(Project, id) is { } present)
        {
            var catalogue = await catalogues.FreshAsync(Project);
            if (users.SelectMany(user => user.UsersOf(id, present.Type, present.IsDefault, catalogue)).Take(10).ToArray() is { Length: > 0 } used)
            {
                return new ConnectionResult.InUse(used);
            }

            if (await CommitAsync(ConnectionTable.Connections.Delete(present)))
            {
                await catalogues.ChangedAsync(Project);
                return null;
            }
        }

        return RepeatedCalls.IsCurrent ? null : new ConnectionResult.NotFound();
    }

    public async Task<Connection?> FindAsync(string id, CancellationToken cancellation) => await store.FindAsync(Project, id) is { } row ? View(row) : null;

    public async Task<IReadOnlyList<Connection>> ListAsync(CancellationToken cancellation) =>
        [.. (await store.AllAsync(Project)).OrderBy(static row => row.Name, StringComparer.OrdinalIgnoreCase).ThenBy(static row => row.Number).Select(ConnectionTable.View)];

    public async Task<ConnectionTest?> TestAsync(string id)
    {
        if (await store.FindAsync(Project, id) is not { } row)
        {
            return null;
        }

        var connection = (await catalogues.FreshAsync(Project)).Section<ConnectionSection>().Find(id);
        if (connection is null || providers.Find(row.Type, row.Provider) is not { } provider)
        {
            return new ConnectionTest(false, "This deployment cannot use it.");
        }

        if (connection.Problem is { } problem)
        {
            return new ConnectionTest(false, problem);
        }

        // Not on this grain's scheduler: it may take as long as the other side likes.
        var check = await Task.Run(() => lines.TestAsync(connection, provider));
        return new ConnectionTest(check.Works, check.Detail);
    }

    private Connection View(ConnectionRow row) => ConnectionTable.View(row) with
    {
        ReceiptsUrl = providers.Find(row.Type, row.Provider) is { Descriptor.GivesReceipts: true } ? receipts.Of(Project, row.Id, null) : null,
    };

    private (IProvider? Provider, IReadOnlyList<FieldProblem> Problems) ProviderOf(ConnectionDraft draft)
    {
        if (draft.Type is null || !providers.Of(draft.Type).Any())
        {
            return (null, [new("type", $"must be one of {string.Join(", ", channels.Types.Where(type => providers.Of(type).Any()))}")]);
        }

        return draft.Provider is not null && providers.Find(draft.Type, draft.Provider) is { } provider
            ? (provider, [])
            : (null, [new("provider", $"must be one of {string.Join(", ", providers.Of(draft.Type).Select(static known => known.Descriptor.Name))}")]);
    }

    // False when it is to be decided again on what is there by now.
    private async Task<(ConnectionResult? Result, bool Saved)> SaveAsync(
        ConnectionRow present, ConnectionRow row, IProvider provider, ConnectionDraft draft, IReadOnlyList<ConnectionRow> all, CommandContext? context)
    {
        JsonObject secrets;
        try
        {
            secrets = ConnectionRules.Merge(present.Secrets.Length == 0 ? "" : protection.Read(present.Secrets), draft.Credentials);
        }
        catch (InvalidOperationException)
        {
            // The keys are not there: whoever enters all of them anew needs none of the old ones.
            secrets = ConnectionRules.Merge("", draft.Credentials);
        }

        var settings = draft.Settings?.ToElement() ?? JsonElement.Parse(row.Settings);
        if (ConnectionRules.Check(provider, settings, JsonSerializer.SerializeToElement(secrets)) is { Count: > 0 } problems)
        {
            return (new ConnectionResult.Invalid(problems), true);
        }

        if (all.FirstOrDefault(other => other.Id != row.Id && other.Name == row.Name) is { } named)
        {
            return (new ConnectionResult.NameTaken(named.Id), true);
        }

        row = row with
        {
            Settings = settings.GetRawText(),
            Secrets = draft.Credentials is null ? row.Secrets : secrets.Count == 0 ? "" : protection.Protect(secrets.ToJsonString(WireJson.Options)),
            Credentials = draft.Credentials is null ? row.Credentials : string.Join(',', secrets.Select(static secret => secret.Key)),
            IsDefault = draft.IsDefault ?? row.IsDefault,
            RateLimit = draft.RateLimit is { } limit ? limit == 0 ? null : limit : row.RateLimit,
            MailboxSince = !new ConnectionValues(RawJson.From(settings), RawJson.EmptyObject).Has(MailReturns.Host) ? null : row.MailboxSince ?? clock.GetStoredNow(),
        };
        if (row == present && row.Version > 0)
        {
            return (await KnownAsync(row), true);
        }

        var commit = new Commit { Project = Project };
        var now = clock.GetStoredNow();
        commit.Rows.Add(ConnectionTable.Connections.Save(row.Version == 0 ? row : row with { UpdatedAt = now }));
        if (row.IsDefault)
        {
            commit.Rows.AddRange(all.Where(other => other.Id != row.Id && other.Type == row.Type && other.IsDefault)
                .Select(other => ConnectionTable.Connections.Save(other with { IsDefault = false, UpdatedAt = now })));
        }

        commit.Operation = context?.Remember(null, clock.GetUtcNow());
        return (await committer.CommitAsync(commit)).IsDurable
            ? (await KnownAsync(row.Version == 0 ? row : row with { UpdatedAt = now }), true)
            : (null, false);
    }

    private async Task<ConnectionResult> KnownAsync(ConnectionRow row)
    {
        await catalogues.ChangedAsync(Project);
        return new ConnectionResult.Saved(View(row));
    }

    private async Task<bool> CommitAsync(RowWrite write)
    {
        var commit = new Commit { Project = Project };
        commit.Rows.Add(write);
        return (await committer.CommitAsync(commit)).IsDurable;
    }
}
