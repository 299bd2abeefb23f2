using Marketing.Branding;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Connections;
using Marketing.Customers;
using Marketing.Distributions.Actions;
using Marketing.Distributions.Triggers;
using Marketing.Loyalties;
using Marketing.Segments;
using Marketing.Templates;
using Marketing.Topics;

namespace Marketing.Distributions;

/// <summary>Says what keeps a draft from being activated, field by field.</summary>
internal sealed class DraftValidator(
    ChannelRegistry channels, ActionRegistry actions, TemplateScopes scopes, IEnumerable<ITriggerChoice> choices, Catalogues catalogues, ICustomerStore customers,
    IDistributionStore distributions, TimeProvider clock)
{
    private const int MostDays = 365;

    /// <summary>Somebody else has the name.</summary>
    public static FieldProblem NameTaken { get; } = new("name", "another distribution has this name") { Code = "taken" };

    /// <summary>What is wrong even with an unfinished draft.</summary>
    public static IReadOnlyList<FieldProblem> Limits(DistributionDraft draft)
    {
        var problems = new List<FieldProblem>();
        if (draft.Name?.Length is 0 or > 300)
        {
            problems.Add(new("name", "must be 1 to 300 characters"));
        }

        if (draft.Channels.Count > 10)
        {
            problems.Add(new("channels", "at most 10 channels"));
        }

        if (draft.Type is not (null or "manual" or "automatic"))
        {
            problems.Add(new("type", "must be manual or automatic"));
        }

        if (draft.Uncertain is not (null or "resend" or "hold"))
        {
            problems.Add(new("uncertain", "must be resend or hold"));
        }

        return problems;
    }

    /// <summary>What keeps a draft from being activated, and what does not but is to be known.</summary>
    public async Task<DraftReview> ReviewAsync(int project, int number, DistributionDraft draft) => new(
        await ValidateAsync(project, number, draft),
        [.. draft.Channels.Index().SelectMany(entry => (channels.Find(entry.Item.Type)?.Warnings(entry.Item) ?? []).Select(warning => warning with { Field = $"channels[{entry.Index}].{warning.Field}" }))]);

    public async Task<IReadOnlyList<FieldProblem>> ValidateAsync(int project, int number, DistributionDraft draft)
    {
        var problems = new List<FieldProblem>(Limits(draft));
        if (draft.Name is null)
        {
            problems.Add(FieldProblem.Missing("name"));
        }
        else if (!await distributions.NameIsFreeAsync(project, number, draft.Name))
        {
            problems.Add(NameTaken);
        }

        var trigger = ValidateTrigger(draft, problems);
        var catalogue = await catalogues.FreshAsync(project);
        ValidateChoice(draft, trigger, catalogue, problems);
        if (trigger is not null && draft.Trigger?.ValidationRuleId is { } rule && TriggerRules.ProblemOf(rule, trigger, catalogue) is { } ruleProblem)
        {
            problems.Add(new("trigger.validation_rule_id", ruleProblem));
        }

        await ValidateAudienceAsync(project, draft, catalogue, problems);
        var action = ValidateAction(draft, trigger, catalogue, problems);
        problems.AddRange(DraftTimes.Problems(draft, trigger, clock.GetUtcNow()));
        ValidateChannels(draft, trigger, action, catalogue.Section<ConnectionSection>(), problems);
        if (draft.Tracking is { Opens: true } or { Clicks: true } && draft.Channels.All(static entry => entry.Type != "email"))
        {
            problems.Add(new("tracking", "is of email, which is none of the channels"));
        }

        if (draft.Topic is not null && catalogue.Section<TopicSection>().Find(draft.Topic) is null)
        {
            problems.Add(FieldProblem.Unknown("topic", "there is no such topic"));
        }

        if (catalogue.Section<BrandSection>().Details is null && draft.Channels.Any(entry => channels.Find(entry.Type)?.NeedsBrand is true))
        {
            problems.Add(FieldProblem.Unknown("branding", "the project has no brand details, which every email must have: PUT /v1/branding, or POST /management/v1/projects/{projectId}/branding"));
        }

        return problems;
    }

    private static TriggerDescriptor? ValidateTrigger(DistributionDraft draft, List<FieldProblem> problems)
    {
        if (draft.Type is null)
        {
            problems.Add(FieldProblem.Missing("type"));
        }

        // A manual distribution has one possible trigger; it need not be spelled.
        var trigger = draft is { Type: "manual", Trigger: null } ? TriggerCatalogue.Find(TriggerCatalogue.Manual) : TriggerCatalogue.Find(draft.Trigger?.Type);
        if (trigger is null)
        {
            problems.Add(draft.Trigger?.Type is null
                ? FieldProblem.Missing("trigger.type")
                : new("trigger.type", $"must be one of {string.Join(", ", TriggerCatalogue.All.Select(known => known.Type))}"));
            return null;
        }

        if (draft.Type is not null && trigger.IsManual != (draft.Type == "manual"))
        {
            problems.Add(new("trigger.type", trigger.IsManual ? "belongs to manual distributions" : "belongs to automatic distributions"));
        }

        if (draft.Trigger?.LoyaltyTierId is not null && !trigger.TakesTier)
        {
            problems.Add(new("trigger.loyalty_tier_id", $"does not go with the trigger {trigger.Type}"));
        }

        switch (draft.Trigger?.Days)
        {
            case null when trigger.NeedsDays:
                problems.Add(FieldProblem.Missing("trigger.days"));
                break;
            case not null when !trigger.NeedsDays:
                problems.Add(new("trigger.days", $"does not go with the trigger {trigger.Type}"));
                break;
            case < 1 or > MostDays:
                problems.Add(new("trigger.days", $"must be 1 to {MostDays}"));
                break;
        }

        switch (draft.Trigger?.Points)
        {
            case null when trigger.TakesPoints:
                problems.Add(FieldProblem.Missing("trigger.points"));
                break;
            case not null when !trigger.TakesPoints:
                problems.Add(new("trigger.points", $"does not go with the trigger {trigger.Type}"));
                break;
            case < 1 or > LoyaltyLimits.Points:
                problems.Add(new("trigger.points", $"must be 1 to {LoyaltyLimits.Points}"));
                break;
        }

        return trigger;
    }

    private void ValidateChoice(DistributionDraft draft, TriggerDescriptor? trigger, CatalogueSnapshot catalogue, List<FieldProblem> problems)
    {
        if (trigger?.Selector is not { } selector)
        {
            return;
        }

        var chosen = trigger.Chosen(draft.Trigger);
        if (string.IsNullOrEmpty(chosen))
        {
            problems.Add(FieldProblem.Missing($"trigger.{selector.Field}"));
        }
        else if (choices.FirstOrDefault(choice => choice.Selector == selector)?.ProblemOf(chosen, catalogue) is { } problem)
        {
            problems.Add(new($"trigger.{selector.Field}", problem));
        }

        if (trigger.TakesTier && draft.Trigger?.LoyaltyTierId is { } tier
            && (catalogue.Section<LoyaltySection>().FindTier(tier) is not { } found || catalogue.Section<CampaignSection>().Find(found.Row.Campaign)?.Id != chosen))
        {
            problems.Add(FieldProblem.Unknown("trigger.loyalty_tier_id", "the campaign has no such tier"));
        }
    }

    private async Task ValidateAudienceAsync(int project, DistributionDraft draft, CatalogueSnapshot catalogue, List<FieldProblem> problems)
    {
        if (draft.Type != "manual")
        {
            if (draft.Audience is not null && draft.Type == "automatic")
            {
                problems.Add(new("audience", "the audience of an automatic distribution is whoever triggers it"));
            }

            return;
        }

        switch (draft.Audience)
        {
            case null or { Customer: null, SegmentId: null }:
                problems.Add(new("audience", "customer or segment_id is required") { Code = "required" });
                break;
            case { Customer: not null, SegmentId: not null }:
                problems.Add(new("audience", "give customer or segment_id, not both"));
                break;
            case { SegmentId: { } id } when catalogue.Segments.Find(id) is null:
                problems.Add(FieldProblem.Unknown("audience.segment_id", "there is no such segment"));
                break;
            case { SegmentId: { } id } when catalogue.Segments.Find(id) is { Unreadable: { } reason }:
                problems.Add(new("audience.segment_id", SegmentChoice.Unreadable(reason)));
                break;
            case { Customer: { } customer } when await customers.FindAsync(project, customer) is null:
                problems.Add(FieldProblem.Unknown("audience.customer", "there is no such customer"));
                break;
        }
    }

    private ActionDescriptor? ValidateAction(
        DistributionDraft draft, TriggerDescriptor? trigger, CatalogueSnapshot catalogue, List<FieldProblem> problems)
    {
        var action = ActionCatalogue.Find(draft.Action?.Type);
        if (action is null)
        {
            problems.Add(draft.Action?.Type is null
                ? FieldProblem.Missing("action.type")
                : new("action.type", $"must be one of {string.Join(", ", ActionCatalogue.All.Select(known => known.Type))}"));
        }
        else if (trigger is not null && !trigger.Actions.Contains(action.Type))
        {
            problems.Add(new("action.type", $"does not go with the trigger {trigger.Type}"));
        }
        else
        {
            problems.AddRange(actions.Of(action).Validate(draft, catalogue));
        }

        return action;
    }

    private void ValidateChannels(DistributionDraft draft, TriggerDescriptor? trigger, ActionDescriptor? action, ConnectionSection connections, List<FieldProblem> problems)
    {
        if (draft.Channels.Count == 0)
        {
            problems.Add(new("channels", "at least one channel is required") { Code = "required" });
        }

        var scope = scopes.Compose([.. DistributionShapes.Always, .. trigger?.Variables ?? [], .. action?.Variables ?? []]);
        for (var i = 0; i < draft.Channels.Count; i++)
        {
            var definition = draft.Channels[i];
            if (channels.Find(definition.Type) is not { } channel)
            {
                problems.Add(definition.Type is null
                    ? FieldProblem.Missing($"channels[{i}].type")
                    : new($"channels[{i}].type", $"must be one of {string.Join(", ", channels.Types)}"));
                continue;
            }

            if (draft.Channels.Take(i).Any(other => other.Type == definition.Type))
            {
                problems.Add(new($"channels[{i}].type", "each channel type can be used once"));
            }

            if (trigger is not null && action is not null && trigger.Actions.Contains(action.Type) && !ChannelMatrix.Carries(channel.Type, trigger.Type, action.Type))
            {
                problems.Add(new($"channels[{i}].type", $"{channel.Type} does not carry the action {action.Type} of {(trigger.IsManual ? "a manual distribution" : $"the trigger {trigger.Type}")}"));
            }

            if (connections.ProblemOf(channel, definition) is { } connectionProblem)
            {
                problems.Add(FieldProblem.Unknown($"channels[{i}].connection", connectionProblem));
            }

            var over = connections.Choose(channel, definition);
            problems.AddRange(channel.Validate(definition, scope).Concat(over.IsMissing ? [] : channel.Fits(definition, over.Connection))
                .Select(problem => problem with { Field = $"channels[{i}].{problem.Field}" }));
        }
    }
}
