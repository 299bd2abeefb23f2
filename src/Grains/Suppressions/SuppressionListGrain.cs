using Marketing.Branding;
using Marketing.Catalogue;
using Marketing.Clients;
using Marketing.Topics;
using Orleans.Concurrency;

namespace Marketing.Suppressions;

[GrainType("suppression-list"), StatelessWorker, Reentrant]
internal sealed class SuppressionListGrain(ISuppressionStore store, UnsubscribeTokens tokens, Catalogues catalogues, TimeProvider clock) : Grain, ISuppressionListGrain
{
    // Of one address: a row for each topic, on this channel and on all, and those of other channels.
    private const int MostRows = 1_000;

    private int Project => (int)this.GetPrimaryKeyLong();

    public Task<Suppression> AddAsync(string channel, string address, string reason, string? topic) => store.AddAsync(
        Project, new Suppression { Channel = channel, Address = SuppressedAddress.KeyOf(channel, address), Reason = reason, Topic = topic, CreatedAt = clock.GetUtcNow() });

    public async Task<bool> RemoveAsync(string channel, string address, string? topic, string? reason) =>
        await store.RemoveAsync(Project, channel, SuppressedAddress.IsMailbox(channel, address) ? address : SuppressedAddress.KeyOf(channel, address), topic, reason) || RepeatedCalls.IsCurrent;

    public Task<Page<Suppression>> ListAsync(int limit, int page, SuppressionFilter filter, CancellationToken cancellation) =>
        store.ListAsync(Project, limit, page, filter, cancellation);

    public async Task<UnsubscribeTarget?> ReadTokenAsync(string token)
    {
        await tokens.PrepareAsync();
        if (tokens.Read(token) is not { } target || target.Project != Project)
        {
            return null;
        }

        // Who unsubscribes from what is no more means everything.
        return target.Topic is null || (await catalogues.GetAsync(Project)).Section<TopicSection>().Find(target.Topic) is not null ? target : target with { Topic = null };
    }

    public async Task<Preferences?> PreferencesAsync(string token) => await ReadTokenAsync(token) is { } target ? await OfAsync(target) : null;

    public async Task<Preferences?> ChooseAsync(string token, PreferenceChoice choice)
    {
        if (await ReadTokenAsync(token) is not { } target)
        {
            return null;
        }

        // What the reader cannot take back they cannot change: a choice of theirs behind it would come true when it is lifted.
        var topics = (await catalogues.FreshAsync(Project)).Section<TopicSection>();
        IEnumerable<(string? Topic, bool IsOn)> whole = (await OfAsync(target)).IsLocked ? [] : [(null, choice.IsOn)];
        List<(string? Topic, bool IsOn)> chosen = [.. whole, .. choice.Shown.Where(id => topics.Find(id) is not null).Select(id => ((string?)id, choice.Wanted.Contains(id)))];
        await store.ChooseAsync(
            Project,
            [.. chosen.Where(static one => !one.IsOn).Select(one => Row(target, target.Channel, one.Topic))],
            [.. chosen.Where(static one => one.IsOn).SelectMany(one => new[] { Row(target, target.Channel, one.Topic), Row(target, Suppression.AllChannels, one.Topic) })]);
        return await OfAsync(target);
    }

    private Suppression Row(UnsubscribeTarget target, string channel, string? topic) => new()
    {
        Channel = channel,
        Address = SuppressedAddress.KeyOf(target.Channel, target.Address),
        Reason = SuppressionReasons.Unsubscribed,
        Topic = topic,
        CreatedAt = clock.GetUtcNow(),
    };

    private async Task<Preferences> OfAsync(UnsubscribeTarget target)
    {
        var catalogue = await catalogues.GetAsync(Project);
        var filter = new SuppressionFilter(Address: SuppressedAddress.KeyOf(target.Channel, target.Address));
        var rows = (await store.ListAsync(Project, MostRows, 1, filter)).Items.Where(row => row.Channel == target.Channel || row.Channel == Suppression.AllChannels).ToList();
        return new Preferences
        {
            Channel = target.Channel,
            Address = target.Address,
            IsOn = rows.All(static row => row.Topic is not null),
            IsLocked = rows.Any(static row => row.Topic is null && row.Reason != SuppressionReasons.Unsubscribed),
            Topics = [.. catalogue.Section<TopicSection>().All.Select(topic => new TopicPreference(topic.Id, topic.Name, topic.Description, rows.All(row => row.Topic != topic.Id)))],
            Brand = catalogue.Section<BrandSection>().Details?.Name,
        };
    }
}
