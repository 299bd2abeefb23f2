using Marketing.Segments.Filters;

namespace Marketing.Segments;

/// <summary>What a segment definition must be. Pure.</summary>
internal static class SegmentRules
{
    private const int LongestName = 300;
    private const int MostStaticMembers = 20_000;

    public static SegmentResult.Invalid? WhyNotCreate(SegmentDefinition definition, FilterSettings settings)
    {
        if (string.IsNullOrWhiteSpace(definition.Name) || definition.Name.Length > LongestName)
        {
            return new SegmentResult.Invalid("name", $"must be 1 to {LongestName} characters");
        }

        switch (definition.Type)
        {
            case SegmentTypes.Static when definition.Filter is not null:
                return new SegmentResult.Invalid("filter", "a static segment has customers, not a filter");
            case SegmentTypes.Static when definition.Customers.Count > MostStaticMembers:
                return new SegmentResult.Invalid("customers", $"a static segment has at most {MostStaticMembers} customers");
            case SegmentTypes.Static:
                return null;
            case SegmentTypes.Passive or SegmentTypes.Active when definition.Filter is null:
                return new SegmentResult.Invalid("filter", "is required");
            case SegmentTypes.Passive or SegmentTypes.Active:
                return SegmentFilter.Parse(definition.Filter.Utf8, settings) is FilterParseResult.Malformed malformed
                    ? new SegmentResult.Invalid(malformed.Path.Length == 0 ? "filter" : $"filter.{malformed.Path}", malformed.Message)
                    : null;
            default:
                return new SegmentResult.Invalid("type", "must be one of static, passive, auto-update");
        }
    }
}
