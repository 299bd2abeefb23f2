using Marketing.Distributions.Lanes;
using Marketing.Projects;
using Marketing.Storage;

namespace Marketing.Distributions.Courtesies;

/// <summary>
/// Whom a batch would reach once too often: customers who have had enough, addresses that the distribution has written to, accounts that have sent what they may. Said before anything is given with the
/// messages; what it read are guards of the commit that marks them, so of two who decide at once the second decides again.
/// </summary>
internal sealed class Courtesy(ICourtesyStore store, FrequencyCaps caps, AccountLimits limits, ProjectSettingsCache settings, SignedLinks links)
{
    public async ValueTask<CourteousPlan> PlanAsync(int project, DistributionEntry entry, DeliveryPlan plan, DateTimeOffset now)
    {
        var known = await settings.OfAsync(project);
        if (plan.Outgoing.Count == 0)
        {
            return new CourteousPlan(plan, known, now);
        }

        KnownContacts? contacts = null;
        if (known.FrequencyCaps.Count > 0 && !entry.Draft.Transactional)
        {
            contacts = await caps.ReadAsync(known.FrequencyCaps, plan.Outgoing.Where(static message => message.Address is not null).Select(static message => (message.Source.Channel, message.Source.Customer)), now);
            plan = contacts is null ? plan : plan.Skipping(message => Reached(contacts, entry.Number, message));
        }

        Dictionary<long, string>? keys = null;
        HashSet<long>? kept = null;
        if (WritesToAddressesOnce(entry.Draft) && plan.Outgoing.Any(static message => message.Address is not null))
        {
            await links.PrepareAsync();
            keys = plan.Outgoing.Where(static message => message.Address is not null).DistinctBy(static message => message.Source.Number).ToDictionary(static message => message.Source.Number, message => AddressKey.Of(links, project, entry.Number, message.Source.Channel, message.Address!));

            // Of a message that has its address already there is nothing to write.
            var holders = new Dictionary<string, long>(await store.HoldersAsync(entry.Number, [.. keys.Values.Distinct()]), StringComparer.Ordinal);
            foreach (var (message, key) in keys)
            {
                if (holders.TryGetValue(key, out var holder) && holder == message)
                {
                    (kept ??= []).Add(message);
                }
            }

            plan = plan.Skipping(message => keys.TryGetValue(message.Source.Number, out var key) && !IsFirst(holders, key, message.Source.Number) ? SkipReasons.DuplicateAddress : null);
        }

        if (await limits.LeftAsync(project, known.MessagePlan, now) is { } left)
        {
            plan = plan.Skipping(_ => left-- > 0 ? null : SkipReasons.AccountLimit);
        }

        return new CourteousPlan(plan, known, now) { Contacts = contacts, AddressKeys = keys, Kept = kept };
    }

    /// <summary>Adds to the commit that marks messages what it takes to send them.</summary>
    /// <param name="courteous">What was planned.</param>
    /// <param name="entry">The distribution.</param>
    /// <param name="outgoing">Those of the planned that go out.</param>
    /// <param name="commit">Refused where something was taken by somebody else meanwhile.</param>
    public ValueTask<TakenMessages?> TakeAsync(CourteousPlan courteous, DistributionEntry entry, IReadOnlyList<OutgoingMessage> outgoing, Commit commit)
    {
        if (courteous.Contacts is { } contacts)
        {
            commit.Contacts = contacts.Writes(entry.Number, [.. outgoing.Where(static message => message.Address is not null).Select(static message => (message.Source.Channel, message.Source.Customer, message.Source.Number))]);
        }

        if (courteous.AddressKeys is { } keys)
        {
            commit.Addresses = [.. outgoing.Where(message => message.Address is not null && courteous.Kept?.Contains(message.Source.Number) is not true)
                .Select(message => new AddressClaim(entry.Number, keys[message.Source.Number], message.Source.Number))];
        }

        return limits.TakeAsync(courteous.Settings.MessagePlan, outgoing.Count, courteous.Now, commit);
    }

    /// <summary>Whether an address gets one message, however many customers have it. What happens to a customer is told to each.</summary>
    public static bool WritesToAddressesOnce(DistributionDraft draft) => draft.Type == "manual" && draft.Audience?.SegmentId is not null;

    private static string? Reached(KnownContacts contacts, int distribution, OutgoingMessage message)
    {
        if (message.Address is null)
        {
            return null;
        }

        if (contacts.IsReached(message.Source.Channel, message.Source.Customer, distribution, message.Source.Number))
        {
            return SkipReasons.FrequencyCap;
        }

        contacts.Note(message.Source.Channel, message.Source.Customer, distribution, message.Source.Number);
        return null;
    }

    // Among those of one batch the first.
    private static bool IsFirst(Dictionary<string, long> holders, string key, long message) => holders.TryAdd(key, message) || holders[key] == message;
}

/// <summary>What becomes of a batch, and what was read to say so.</summary>
internal sealed record CourteousPlan(DeliveryPlan Plan, ProjectSettings Settings, DateTimeOffset Now)
{
    public KnownContacts? Contacts { get; init; }

    /// <summary>What stands for the addresses of the messages, by number, where each address is written to once.</summary>
    public IReadOnlyDictionary<long, string>? AddressKeys { get; init; }

    /// <summary>The messages that have their address already; null for none.</summary>
    public IReadOnlySet<long>? Kept { get; init; }
}
