using System.Globalization;

namespace Marketing.Behaviour;

/// <summary>Segment filters as the API takes them.</summary>
internal static class FilterTexts
{
    /// <summary>Everybody, for some years.</summary>
    public static string Everybody => NewFor(3_000);

    public static string Plan(string plan) => One("metadata.plan", "$is", $"\"{plan}\"");

    public static string Visits(int moreThan) => One("events.visit.count", "$more_than", moreThan.ToString(CultureInfo.InvariantCulture));

    public static string Spent(long moreThan) => One("summary.orders.total_amount", "$more_than", moreThan.ToString(CultureInfo.InvariantCulture));

    public static string SilentFor(int days) => One("events.visit.last", "$more_than_ago", days.ToString(CultureInfo.InvariantCulture));

    public static string KnownFor(int days) => One("created_at", "$more_than_ago", days.ToString(CultureInfo.InvariantCulture));

    public static string NewFor(int days) => One("created_at", "$less_than_ago", days.ToString(CultureInfo.InvariantCulture));

    private static string One(string field, string operation, string operand) =>
        $$$$"""{"junction":"and","{{{{field}}}}":{"conditions":{"{{{{operation}}}}":[{{{{operand}}}}]}}}""";
}
