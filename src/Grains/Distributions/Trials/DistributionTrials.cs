using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Activity;
using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Customers;
using Marketing.Distributions.Actions;
using Marketing.Json;
using Marketing.Projects;
using Marketing.Shapes;
using Marketing.Storage;
using Marketing.Templates;

namespace Marketing.Distributions;

/// <summary>Previews and test sends: rendered like the real thing, counted nowhere.</summary>
internal sealed class DistributionTrials(
    ChannelRegistry channels, DraftValidator validator, ICustomerStore customers, IOperationStore operations, ICommitter committer, ProjectIds projects, ProjectSettingsCache settings, ProjectWebhookSecrets secrets,
    TrialRendering rendering, ActionRegistry actions, Catalogues catalogues, IEnumerable<Shape> shapes, TimeProvider clock)
{
    private const int MostAddresses = 10;

    private static readonly FieldProblem NoSuchChannel = FieldProblem.Unknown("channel", "the distribution has no such channel");

    /// <param name="project">Whose.</param>
    /// <param name="distribution">What is rendered, stored or not; null when there is none.</param>
    /// <param name="customerId">For whom; a made-up customer when null.</param>
    /// <param name="channel">Only this channel; null for all.</param>
    public async Task<PreviewResult> PreviewAsync(int project, Distribution? distribution, string? customerId, string? channel)
    {
        if (distribution is null)
        {
            return new PreviewResult.NotFound("distribution");
        }

        if ((customerId is null ? MadeUp() : await RecipientAsync(project, customerId)) is not { } recipient)
        {
            return new PreviewResult.NotFound("customer");
        }

        var definitions = distribution.Draft.Channels.Where(definition => channel is null || definition.Type == channel).ToArray();
        if (channel is not null && definitions.Length == 0)
        {
            return new PreviewResult.Invalid([NoSuchChannel]);
        }

        if (await ChannelProblemsAsync(project, distribution, channel) is { Count: > 0 } problems)
        {
            return new PreviewResult.Invalid(problems);
        }

        Dictionary<string, RawJson> messages;
        List<FieldProblem> failures;
        try
        {
            (messages, failures) = await RenderAsync(await SenderAsync(project, distribution.Draft), distribution, definitions, recipient);
        }
        catch (RenderingBusyException)
        {
            return new PreviewResult.Busy();
        }

        return failures.Count > 0 ? new PreviewResult.Invalid(failures) : new PreviewResult.Rendered(messages);
    }

    public async Task<TestSendResult> SendAsync(int project, Distribution? distribution, TestSend test, CommandContext context)
    {
        if (distribution is null)
        {
            return new TestSendResult.NotFound("distribution");
        }

        var recipient = test.CustomerId is null ? MadeUp() : await RecipientAsync(project, test.CustomerId);
        if (recipient is null)
        {
            return new TestSendResult.NotFound("customer");
        }

        var definitions = distribution.Draft.Channels.Where(definition => test.Channel is null || definition.Type == test.Channel).ToArray();
        var problems = Problems(test, definitions);
        problems.AddRange(await ChannelProblemsAsync(project, distribution, null));
        if (problems.Count > 0)
        {
            return new TestSendResult.Invalid(problems);
        }

        var sender = await SenderAsync(project, distribution.Draft);
        try
        {
            if ((await RenderAsync(sender, distribution, definitions, recipient)).Problems is { Count: > 0 } failures)
            {
                return new TestSendResult.Invalid(failures);
            }
        }
        catch (RenderingBusyException)
        {
            return new TestSendResult.Busy();
        }

        if (context.IdempotencyKey is { } key && !await IsFirstAsync(project, key, context))
        {
            return await operations.FindAsync(project, context) is { IsOther: false }
                ? new TestSendResult.Attempted([.. test.Addresses.Select(address => new TestAttempt(test.Channel ?? "", address, false, "this idempotency key was used; nothing was sent again"))])
                : new TestSendResult.KeyReused();
        }

        await secrets.PrepareAsync(sender.ProjectId);
        var attempts = new List<TestAttempt>();
        foreach (var definition in definitions)
        {
            var channel = channels.Find(definition.Type)!;
            var takesAddresses = channel.TakesAddress("") is not null;
            foreach (var address in takesAddresses ? test.Addresses.Where(address => channel.TakesAddress(address) is true) : [definition.Template?.TargetUrl ?? ""])
            {
                var message = Compose(sender, distribution, definition, recipient, takesAddresses ? address : null);
                attempts.Add(await AttemptAsync(channel, message, address));
            }
        }

        return new TestSendResult.Attempted(attempts);
    }

    private async Task<TestAttempt> AttemptAsync(IChannel channel, OutboundMessage message, string address)
    {
        try
        {
            var outcome = await (await rendering.RunAsync(() => channel.DeliverAsync(message)));
            return new TestAttempt(channel.Type, address, outcome is DeliveryOutcome.Sent, Reason(outcome));
        }
        catch (RenderingBusyException busy)
        {
            // Others may have gone out before it.
            return new TestAttempt(channel.Type, address, false, busy.Message);
        }
    }

    // What only shows with data, such as a limit, is a problem of the draft as well.
    private async Task<(Dictionary<string, RawJson> Messages, List<FieldProblem> Problems)> RenderAsync(
        Sender sender, Distribution distribution, IReadOnlyList<ChannelDefinition> definitions, Recipient recipient)
    {
        var (messages, problems) = (new Dictionary<string, RawJson>(), new List<FieldProblem>());
        foreach (var definition in definitions)
        {
            var message = Compose(sender, distribution, definition, recipient, null);
            try
            {
                messages[definition.Type!] = await rendering.RunAsync(() => channels.Find(definition.Type)!.Preview(message));
            }
            catch (TemplateRenderException problem)
            {
                var entry = distribution.Draft.Channels.TakeWhile(other => !ReferenceEquals(other, definition)).Count();
                problems.Add(new($"channels[{entry}].{problem.Field ?? "template"}", problem.Message));
            }
        }

        return (messages, problems);
    }

    private List<FieldProblem> Problems(TestSend test, ChannelDefinition[] definitions)
    {
        var problems = new List<FieldProblem>();
        if (definitions.Length == 0)
        {
            problems.Add(NoSuchChannel);
        }

        if (test.Addresses.Count > MostAddresses)
        {
            problems.Add(new("addresses", $"at most {MostAddresses}"));
        }

        var asking = definitions.Select(definition => channels.Find(definition.Type)).OfType<IChannel>().Where(channel => channel.TakesAddress("") is not null).ToArray();
        if (asking.Any(channel => !test.Addresses.Any(address => channel.TakesAddress(address) is true)))
        {
            if (test.Addresses.Count == 0)
            {
                problems.Add(new("addresses", "at least one is required"));
            }
            else if (test.Addresses.All(address => asking.Any(channel => channel.TakesAddress(address) is true)))
            {
                problems.Add(new("addresses", "at least one is required for each channel"));
            }
        }

        if (asking.Length > 0)
        {
            var wanted = string.Join(" or ", asking.Select(channel => channel.Type == "email" ? "one email address, such as ada@example.com" : "one phone number, such as +12015550123"));
            problems.AddRange(test.Addresses.Index()
                .Where(address => !asking.Any(channel => channel.TakesAddress(address.Item) is true))
                .Select(address => new FieldProblem($"addresses[{address.Index}]", $"must be {wanted}")));
        }

        return problems;
    }

    private async Task<IReadOnlyList<FieldProblem>> ChannelProblemsAsync(int project, Distribution distribution, string? channel)
    {
        var problems = await validator.ValidateAsync(project, distribution.Number, distribution.Draft);
        if (channel is null)
        {
            return [.. problems.Where(static problem => problem.Field.StartsWith("channels", StringComparison.Ordinal))];
        }

        var places = distribution.Draft.Channels.Index().Where(one => one.Item.Type == channel).Select(static one => $"channels[{one.Index}]").ToArray();
        return [.. problems.Where(problem => places.Any(place => problem.Field.StartsWith(place, StringComparison.Ordinal)))];
    }

    // The zone as it is set now, because somebody looks at it.
    private async Task<Sender> SenderAsync(int project, DistributionDraft draft) => new(
        project, await projects.OfAsync(project), (await settings.ReadAsync(project)).TimeZone,
        ActionCatalogue.Find(draft.Action?.Type) is { } action ? actions.Of(action).Example(draft, await catalogues.FreshAsync(project)) : ActivityData.Empty);

    private async Task<bool> IsFirstAsync(int project, string key, CommandContext context)
    {
        var commit = new Commit { Project = project, Operation = new OperationWrite(key, context.Fingerprint ?? "", null, clock.GetUtcNow()) };
        return (await committer.CommitAsync(commit)).IsDurable;
    }

    private async Task<Recipient?> RecipientAsync(int project, string idOrSource)
    {
        var row = await customers.FindAsync(project, idOrSource);
        return row is null ? null : new Recipient(row.Id, row.Document, (await settings.OfAsync(project)).DialCode);
    }

    private Recipient MadeUp()
    {
        var customer = new Customer { Id = "cust_example", Name = "Jane Example", Email = "jane@example.com", Phone = "+12015550123", CreatedAt = clock.GetUtcNow() };
        return new Recipient(customer.Id, CustomerJson.Write(customer));
    }

    // A sample of the trigger's objects, so that a template that reads them renders.
    private OutboundMessage Compose(Sender sender, Distribution distribution, ChannelDefinition definition, Recipient recipient, string? address)
    {
        var now = clock.GetUtcNow();
        var trigger = distribution.Draft.Trigger;
        return new OutboundMessage
        {
            MessageId = ObjectIds.New("msg_test_"),
            ProjectId = sender.ProjectId,
            TimeZone = sender.TimeZone,
            Project = sender.Project,
            DistributionId = distribution.Id,
            DistributionName = distribution.Draft.Name ?? "",
            Channel = definition,
            Recipient = recipient,
            AddressOverride = address,
            Trigger = new TriggerOccurrence
            {
                EventId = ObjectIds.New("evcus_"),
                Type = trigger?.Type ?? TriggerCatalogue.Manual,
                CreatedAt = now,
                Data = JsonObjects.Joined(ExampleFor(trigger, now), sender.Given.Span),
            },
        };
    }

    // One of each object that the trigger brings; where two know the same field, the later one does.
    private byte[] ExampleFor(TriggerDefinition? trigger, DateTimeOffset now)
    {
        if (TriggerCatalogue.Find(trigger?.Type) is not { } known)
        {
            return ActivityData.Empty;
        }

        var data = new JsonObject();
        foreach (var example in known.Variables.Select(name => shapes.FirstOrDefault(shape => shape.Name == name)?.Example).OfType<Func<string?, DateTimeOffset, byte[]>>())
        {
            foreach (var (name, value) in JsonNode.Parse(example(known.Chosen(trigger), now))!.AsObject())
            {
                data[name] = value?.DeepClone();
            }
        }

        return JsonSerializer.SerializeToUtf8Bytes(data, WireJson.Options);
    }

    private sealed record Sender(int Project, string ProjectId, string TimeZone, ReadOnlyMemory<byte> Given);

    private static string? Reason(DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.Sent => null,
        DeliveryOutcome.TemporaryFailure failure => failure.Reason,
        DeliveryOutcome.PermanentFailure failure => failure.Reason,
        DeliveryOutcome.Skipped skipped => skipped.Reason,
        DeliveryOutcome.NotBegun => "the connection was changed meanwhile; try again",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
