using Marketing.Catalogue;
using Marketing.ValidationRules;

namespace Marketing.Distributions.Triggers;

/// <summary>Validation rules of triggers: which are any good, and what keeps one from ever holding. Pure.</summary>
internal static class TriggerRules
{
    private const string Context = "distribution.";
    private const string EventContext = "distribution.custom_event";

    /// <summary>What is wrong with the rule that a draft's trigger names; null when nothing is.</summary>
    public static string? ProblemOf(string ruleId, TriggerDescriptor trigger, CatalogueSnapshot catalogue)
    {
        if (!trigger.TakesRule)
        {
            return $"does not go with the trigger {trigger.Type}";
        }

        return catalogue.ValidationRules.Find(ruleId) switch
        {
            null => "there is no such validation rule",
            { Unreadable: { } reason } => $"the rule cannot be read: {reason}",
            { ContextType: var context } when context.StartsWith(Context, StringComparison.Ordinal) && context == EventContext != (trigger.Type == TriggerCatalogue.CustomEvent) =>
                $"the rule was written for {context}",
            { Rule.Limits.Count: > 0 } => "the rule has limits of redemptions, and nothing is redeemed here",
            _ => null,
        };
    }

    /// <summary>Why a distribution that is live starts on nothing; null when its rule can hold.</summary>
    public static string? WhyNever(TriggerDefinition? trigger, CatalogueSnapshot catalogue) => trigger?.ValidationRuleId is not { } id ? null
        : catalogue.ValidationRules.Find(id) switch
        {
            null => $"The validation rule {id} was deleted, so nothing starts it",
            { Unreadable: { } reason } => $"The validation rule {id} cannot be read, so nothing starts it: {reason}",
            _ => null,
        };
}
