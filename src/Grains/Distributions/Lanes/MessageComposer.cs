using Marketing.Activity;
using Marketing.Channels;
using Marketing.Json;
using Marketing.Projects;
using Marketing.Storage;
using Marketing.Suppressions;

namespace Marketing.Distributions.Lanes;

/// <summary>A due message that goes out, with what the channel needs.</summary>
internal sealed record OutgoingMessage(DueMessage Source, OutboundMessage Outbound)
{
    /// <summary>Where it goes, as suppressions are kept by; null where it goes to a machine.</summary>
    public string? Address { get; init; }

    /// <summary>The same with objects beside those of what happened.</summary>
    /// <param name="objects">A JSON object.</param>
    public OutgoingMessage Showing(ReadOnlyMemory<byte> objects)
    {
        var trigger = Outbound.Trigger;
        return this with { Outbound = Outbound with { Trigger = trigger with { Data = JsonObjects.Joined(trigger.Data.Span, objects.Span) } } };
    }
}

/// <summary>A due message that does not, and why.</summary>
internal sealed record SkippedMessage(DueMessage Message, string Reason);

/// <summary>A due message that is not due after all, and when it is.</summary>
internal sealed record PutOffMessage(DueMessage Message, DateTimeOffset Until)
{
    /// <summary>Why, as messages show it.</summary>
    public string Reason { get; init; } = "put off";
}

/// <summary>What becomes of a batch of due messages.</summary>
internal sealed record DeliveryPlan(IReadOnlyList<OutgoingMessage> Outgoing, IReadOnlyList<SkippedMessage> Skipped)
{
    public IReadOnlyList<PutOffMessage> PutOff { get; init; } = [];

    /// <summary>The same without those for which there is a reason not to send them; itself where there is none for any.</summary>
    /// <param name="reasonOf">Asked in order, once each.</param>
    public DeliveryPlan Skipping(Func<OutgoingMessage, string?> reasonOf)
    {
        List<SkippedMessage>? skipped = null;
        var outgoing = new List<OutgoingMessage>(Outgoing.Count);
        foreach (var message in Outgoing)
        {
            if (reasonOf(message) is { } reason)
            {
                (skipped ??= [.. Skipped]).Add(new SkippedMessage(message.Source, reason));
            }
            else
            {
                outgoing.Add(message);
            }
        }

        return skipped is null ? this : this with { Outgoing = outgoing, Skipped = skipped };
    }
}

/// <summary>
/// Decides about due messages at the moment of hand-off, on what is stored now: deleted customers, missing addresses and
/// suppressions are skips with a name.
/// </summary>
internal sealed class MessageComposer(
    ChannelRegistry channels, ISuppressionLookup suppressions, ProjectIds projects, ProjectSettingsCache settings, Triggers.Exits exits, ProjectWebhookSecrets secrets,
    UnsubscribeTokens tokens)
{
    private static readonly byte[] NoTriggerData = "{}"u8.ToArray();

    public async Task<DeliveryPlan> PlanAsync(int project, DistributionEntry entry, IReadOnlyList<DueMessage> due, DateTimeOffset now)
    {
        var projectId = await projects.OfAsync(project);
        var known = await settings.OfAsync(project);
        var quiet = entry.Draft.Transactional ? null : known.QuietHours;
        var home = quiet is null ? TimeZoneInfo.Utc : RecipientZone.Find(known.TimeZone) ?? TimeZoneInfo.Utc;
        await tokens.PrepareAsync();
        await secrets.PrepareAsync(projectId);
        var outgoing = new List<OutgoingMessage>(due.Count);
        var skipped = new List<SkippedMessage>();
        var putOff = new List<PutOffMessage>();
        foreach (var sameChannel in due.GroupBy(message => message.Channel))
        {
            var channel = channels.Find(sameChannel.Key);
            var definition = entry.Draft.Channels.FirstOrDefault(candidate => candidate.Type == sameChannel.Key);
            if (channel is null || definition is null)
            {
                // The author took the channel out of the distribution after the message became owed.
                skipped.AddRange(sameChannel.Select(message => new SkippedMessage(message, SkipReasons.ChannelRemoved)));
                continue;
            }

            var reachable = new List<(DueMessage Message, Recipient Recipient, string? Address)>();
            foreach (var message in sameChannel)
            {
                if (message.CustomerDocument is null)
                {
                    skipped.Add(new SkippedMessage(message, SkipReasons.CustomerDeleted));
                    continue;
                }

                var recipient = new Recipient(message.CustomerId!, message.CustomerDocument, known.DialCode);
                var reach = channel.Reach(recipient);
                if (reach.SkipReason is not null)
                {
                    skipped.Add(new SkippedMessage(message, reach.SkipReason));
                    continue;
                }

                reachable.Add((message, recipient, reach.Address));
            }

            var addresses = reachable.Where(candidate => candidate.Address is not null).Select(candidate => candidate.Address!).ToHashSet();
            var suppressed = addresses.Count == 0 ? null : await suppressions.FindAsync(project, sameChannel.Key, addresses, entry.Draft.Topic);
            foreach (var (message, recipient, address) in reachable)
            {
                if (address is not null && suppressed!.TryGetValue(address, out var reason))
                {
                    skipped.Add(new SkippedMessage(message, SkipReasons.OfSuppression(reason)));
                    continue;
                }

                if (IsTooLate(entry.Draft, message, now))
                {
                    skipped.Add(new SkippedMessage(message, SkipReasons.TooLate));
                    continue;
                }

                // What has no address goes to a machine.
                if (quiet is not null && address is not null && quiet.EndAfter(now, RecipientZone.Of(recipient, home)) is { } morning)
                {
                    putOff.Add(new PutOffMessage(message, morning) { Reason = "quiet hours" });
                    continue;
                }

                outgoing.Add(new OutgoingMessage(message, Compose(project, projectId, known.TimeZone, entry, definition, message, recipient, address)) { Address = address });
            }
        }

        return await exits.PlanAsync(project, entry, new DeliveryPlan(outgoing, skipped) { PutOff = putOff });
    }

    /// <summary>A message as it would go out, whatever keeps it from that, without the links that are its recipient's alone; null where its channel or its customer is gone.</summary>
    public async Task<OutgoingMessage?> ComposeAsync(int project, DistributionEntry entry, DueMessage message)
    {
        if (message.CustomerDocument is null || entry.Draft.Channels.FirstOrDefault(candidate => candidate.Type == message.Channel) is not { } definition)
        {
            return null;
        }

        var known = await settings.OfAsync(project);
        var recipient = new Recipient(message.CustomerId!, message.CustomerDocument, known.DialCode);
        var outbound = Compose(project, await projects.OfAsync(project), known.TimeZone, entry, definition, message, recipient, address: null);
        return new OutgoingMessage(message, outbound with { Tracking = null });
    }

    // Counted from when it was due first: what was put off or tried again is not less late for it.
    private static bool IsTooLate(DistributionDraft draft, DueMessage message, DateTimeOffset now) =>
        draft.MaxLateness is { } patience && now - message.CreatedAt - (draft.Delay ?? TimeSpan.Zero) > patience;

    private OutboundMessage Compose(
        int project, string projectId, string zone, DistributionEntry entry, ChannelDefinition definition, DueMessage message, Recipient recipient, string? address)
    {
        var id = MessageIds.Format(entry.Number, message.Number);
        return new OutboundMessage
        {
            MessageId = id,
            ProjectId = projectId,
            DistributionId = entry.Id,
            DistributionName = entry.Draft.Name!,
            Channel = definition,
            Recipient = recipient,
            Trigger = TriggerOf(entry, message, id),
            UnsubscribeUrl = address is null ? null : tokens.UrlFor(project, message.Channel, address, entry.Draft.Topic),
            Attempt = message.Attempts + 1,
            TimeZone = zone,
            Project = project,
            Topic = entry.Draft.Topic,
            Tracking = entry.Draft.Tracking is { } tracking && (tracking.Opens || tracking.Clicks) ? new MessageTracking(tracking.Opens, tracking.Clicks) : null,
        };
    }

    private static TriggerOccurrence TriggerOf(DistributionEntry entry, DueMessage message, string id) => message.Trigger is { } trigger
        ? new TriggerOccurrence
        {
            EventId = ActivityIds.Format(trigger.Number),
            Type = trigger.Type,
            CreatedAt = trigger.At,
            GroupId = trigger.GroupId,
            Source = trigger.Channel,
            Data = trigger.Data,
        }
        : new TriggerOccurrence
        {
            // Manual, or a member at activation: the distribution itself is the cause.
            EventId = string.Concat("evdis_", id.AsSpan("msg_".Length)),
            Type = entry.Draft.Trigger!.Type!,
            CreatedAt = message.CreatedAt,
            Data = NoTriggerData,
        };
}
