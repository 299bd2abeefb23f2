using Marketing.Clients;
using Marketing.Customers;
using Orleans.Concurrency;

namespace Marketing.Suppressions;

[GrainType("suppression-list"), StatelessWorker, Reentrant]
internal sealed class SuppressionListGrain(ISuppressionStore store, UnsubscribeTokens tokens, TimeProvider clock) : Grain, ISuppressionListGrain
{
    private const string TextMessages = "sms";

    private int Project => (int)this.GetPrimaryKeyLong();

    public Task<Suppression> AddAsync(string channel, string address, string reason) =>
        store.AddAsync(Project, new Suppression { Channel = channel, Address = KeyOf(channel, address), Reason = reason, CreatedAt = clock.GetUtcNow() });

    public async Task<bool> RemoveAsync(string channel, string address) =>
        await store.RemoveAsync(Project, channel, channel == TextMessages ? KeyOf(channel, address) : address) || RepeatedCalls.IsCurrent;

    public Task<Page<Suppression>> ListAsync(int limit, int page, string? channel, string? address, CancellationToken cancellation) =>
        store.ListAsync(Project, limit, page, channel, address, cancellation);

    public async Task<UnsubscribeTarget?> ReadTokenAsync(string token)
    {
        await tokens.PrepareAsync();
        return tokens.Read(token) is { } target && target.Project == Project ? target : null;
    }

    // Numbers with their country are compared as they are dialled.
    private static string KeyOf(string channel, string address) =>
        channel == TextMessages && PhoneNumber.TryNormalize(address, null, out var number) ? number : EmailAddress.KeyOf(address);
}
