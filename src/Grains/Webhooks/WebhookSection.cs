using System.Collections.Frozen;
using System.Text.Json;
using Marketing.Catalogue;
using Marketing.Projects;
using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.Webhooks;

/// <summary>A webhook as every silo has it.</summary>
/// <param name="Row">As it is stored.</param>
/// <param name="Secrets">In the clear, the newest first; empty where they cannot be read.</param>
internal sealed record WebhookEntry(WebhookRow Row, IReadOnlyList<WebhookSecret> Secrets)
{
    public string Id => Row.Id;

    public long Number => Row.Number;
}

/// <summary>The webhooks of a project. Immutable.</summary>
internal sealed class WebhookSection
{
    private readonly FrozenDictionary<string, WebhookEntry> _byId;
    private readonly FrozenDictionary<long, WebhookEntry> _byNumber;
    private readonly FrozenDictionary<string, WebhookEntry[]> _byType;

    public WebhookSection(IReadOnlyCollection<WebhookEntry> all)
    {
        _byId = all.ToFrozenDictionary(static entry => entry.Id, StringComparer.Ordinal);
        _byNumber = all.ToFrozenDictionary(static entry => entry.Number);
        _byType = all.Where(static entry => entry.Row.IsActive).OrderBy(static entry => entry.Number)
            .SelectMany(static entry => entry.Row.EventList.Select(WebhookEvents.Find).OfType<string>().Distinct(), static (entry, type) => (Type: type, Entry: entry))
            .GroupBy(static one => one.Type, static one => one.Entry)
            .ToFrozenDictionary(static group => group.Key, static group => group.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>Whether nobody is to be told anything.</summary>
    public bool IsSilent => _byType.Count == 0;

    /// <summary>Those active ones that are to be told of events of a type.</summary>
    public IReadOnlyList<WebhookEntry> ListenersTo(string type) => _byType.GetValueOrDefault(type) ?? [];

    /// <summary>One of them, active or not; null where there is none.</summary>
    public WebhookEntry? Find(string id) => _byId.GetValueOrDefault(id);

    /// <inheritdoc cref="Find(string)"/>
    public WebhookEntry? Find(long number) => _byNumber.GetValueOrDefault(number);
}

/// <summary>Reads the webhooks of a project, with their secrets in the clear.</summary>
internal sealed partial class WebhookSectionReader(ITableStore<WebhookRow> store, ISecretProtection protection, ILogger<WebhookSectionReader> logger) : SectionReader<WebhookSection>
{
    public override IReadOnlyList<string> Tables => ["webhooks"];

    protected override async ValueTask<WebhookSection> ReadAsync(int project, WebhookSection? before) =>
        new([.. (await store.AllAsync(project)).Select(row => before?.Find(row.Id) is { } known && known.Row.Version == row.Version ? known : Read(project, row))]);

    private WebhookEntry Read(int project, WebhookRow row)
    {
        try
        {
            return new WebhookEntry(row, WebhookSecrets.Read(protection.Read(row.Secrets)));
        }
        catch (Exception unreadable) when (unreadable is InvalidOperationException or JsonException)
        {
            // One that cannot be read must not keep the silo from everything else of the project. What it owes waits.
            LogUnreadable(unreadable, row.Id, project);
            return new WebhookEntry(row, []);
        }
    }

    [LoggerMessage(LogLevel.Error, "The secrets of webhook {Webhook} of project {Project} cannot be read")]
    private partial void LogUnreadable(Exception exception, string webhook, int project);
}
