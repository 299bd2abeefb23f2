using Marketing.Filters;

namespace Marketing.Segments;

/// <summary>What a segment definition must be, and what of it may change. Pure.</summary>
internal static class SegmentRules
{
    private const int LongestName = 300;
    private const int MostStaticMembers = 20_000;

    public static SegmentResult.Invalid? WhyNotCreate(SegmentDefinition definition, FilterSettings settings)
    {
        if (WhyNotName(definition.Name) is { } problem)
        {
            return problem;
        }

        return definition.Type switch
        {
            SegmentTypes.Static when definition.Filter is not null => StaticHasNoFilter(),
            SegmentTypes.Static when definition.Customers.Count > MostStaticMembers =>
                new SegmentResult.Invalid("customers", $"a static segment has at most {MostStaticMembers} customers"),
            SegmentTypes.Static => null,
            SegmentTypes.Passive or SegmentTypes.Active when definition.Filter is null => new SegmentResult.Invalid("filter", "is required"),
            SegmentTypes.Passive or SegmentTypes.Active => WhyNotFilter(definition.Filter!, settings),
            _ => new SegmentResult.Invalid("type", "must be one of static, passive, auto-update"),
        };
    }

    /// <summary>What is wrong with a filter, by places of the body it came in.</summary>
    public static IReadOnlyList<FieldProblem> ProblemsOf(FilterParseResult.Malformed malformed) =>
        [.. malformed.Problems.Select(problem => new FieldProblem(problem.Path.Length == 0 ? "filter" : $"filter.{problem.Path}", problem.Message))];

    /// <summary>What is wrong with a change whatever the segment is used for.</summary>
    public static SegmentResult.Invalid? WhyNotChange(SegmentState state, SegmentChange change, FilterSettings settings) => (state.Type, change) switch
    {
        (_, { Name: { } name }) when WhyNotName(name) is { } problem => problem,
        (SegmentTypes.Static, { Filter: not null }) => StaticHasNoFilter(),
        (_, { Filter: { } filter }) => WhyNotFilter(filter, settings),
        _ => null,
    };

    /// <summary>Why the filter of a segment cannot be another now.</summary>
    public static SegmentResult.Refused? WhyNotRefilter(SegmentState state, SegmentUse use)
    {
        // Of one that is not understood nobody enters or leaves, so there is nothing to be mistaken about.
        if (state.Type == SegmentTypes.Active && state.Unread is null)
        {
            return new SegmentResult.Refused("The filter of an auto-update segment is fixed: entering and leaving it are events. Create another segment");
        }

        // Half of the messages would be for members of the one filter, half for those of the other.
        return use == SegmentUse.BeingWorkedThrough
            ? new SegmentResult.Refused("A distribution is being sent to the segment")
            : null;
    }

    private static SegmentResult.Invalid? WhyNotName(string name) => string.IsNullOrWhiteSpace(name) || name.Length > LongestName
        ? new SegmentResult.Invalid("name", $"must be 1 to {LongestName} characters")
        : null;

    private static SegmentResult.Invalid StaticHasNoFilter() => new("filter", "a static segment has customers, not a filter");

    private static SegmentResult.Invalid? WhyNotFilter(RawJson filter, FilterSettings settings)
    {
        if (SegmentFilters.Parse(filter.Utf8, settings) is not FilterParseResult.Malformed malformed)
        {
            return null;
        }

        var problems = ProblemsOf(malformed);
        return new SegmentResult.Invalid(problems[0].Field, problems[0].Message, problems);
    }
}
