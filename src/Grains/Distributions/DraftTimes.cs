using Marketing.Catalogue;

namespace Marketing.Distributions;

/// <summary>What is wrong with the times of a draft, and with what ends the wait for its messages.</summary>
internal static class DraftTimes
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(90);

    private static readonly TimeSpan LeastLateness = TimeSpan.FromMinutes(1);

    public static List<FieldProblem> Problems(DistributionDraft draft, TriggerDescriptor? trigger, DateTimeOffset now)
    {
        var problems = new List<FieldProblem>();
        if (draft.MaxLateness < LeastLateness)
        {
            problems.Add(new("max_lateness", "must be at least a minute"));
        }
        else if (draft.MaxLateness is not null && trigger?.CountsFrom is not null)
        {
            problems.Add(new("max_lateness", "does not go with trigger.days"));
        }

        if (draft.ExitWhen.Count > 0 && trigger is not null)
        {
            var possible = ExitConditions.Of(trigger).ToList();
            problems.AddRange(draft.ExitWhen.Where(condition => !possible.Contains(condition)).Select(condition => new FieldProblem(
                "exit_when", possible.Count == 0 ? $"does not go with the trigger {trigger.Type}" : $"may be {string.Join(", ", possible)} with the trigger {trigger.Type}, not {condition}")));
        }

        if (draft.Type == "manual")
        {
            // It has one moment, not a time in which things happen.
            if (draft.EndsAt is not null)
            {
                problems.Add(new("ends_at", "belongs to automatic distributions"));
            }

            if (draft.Delay is not null)
            {
                problems.Add(new("delay", "belongs to automatic distributions"));
            }

            return problems;
        }

        if (draft.StartsAt >= draft.EndsAt)
        {
            problems.Add(new("ends_at", "must be after starts_at"));
        }
        else if (draft.EndsAt <= now)
        {
            problems.Add(new("ends_at", "is in the past"));
        }

        if (draft.Delay is { } delay && (delay < TimeSpan.Zero || delay > LongestDelay))
        {
            problems.Add(new("delay", "must be between nothing and 90 days"));
        }
        else if (draft.Delay is not null && trigger?.CountsFrom is not null)
        {
            problems.Add(new("delay", "does not go with trigger.days"));
        }

        return problems;
    }
}
