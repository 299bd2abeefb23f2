using System.Globalization;
using CsCheck;

namespace Marketing.Filters;

/// <summary>A random question: a filter, a customer, a time and a place.</summary>
internal sealed record Case(string Filter, string Document, DateTimeOffset Now, FilterSettings Settings)
{
    // Zones whose clocks change at night, at midnight forwards, and at midnight backwards.
    private static readonly TimeZoneInfo[] Zones =
    [
        TimeZoneInfo.Utc, Ask.Warsaw, TimeZoneInfo.FindSystemTimeZoneById("Africa/Cairo"), TimeZoneInfo.FindSystemTimeZoneById("America/Havana"),
        TimeZoneInfo.FindSystemTimeZoneById("Asia/Kathmandu"),
    ];

    private static readonly string[] Windows =
    [
        "$yesterday", "$today", "$tomorrow", "$last_week", "$this_week", "$next_week", "$last_month", "$this_month", "$next_month",
    ];

    private static readonly Gen<DateTimeOffset> Time = Gen.OneOf(
        Gen.Long[0, 4L * 366 * 24 * 4].Select(quarters => Ask.At("2023-12-20T00:00:00Z").AddMinutes(15 * quarters)),
        Gen.Long[0, 4L * 366 * 86_400].Select(seconds => Ask.At("2023-12-20T00:00:00Z").AddSeconds(seconds)),
        Gen.OneOf(
            Ask.At("2024-02-29T12:00:00Z"), Ask.At("2025-02-28T23:30:00Z"), Ask.At("2026-03-29T01:00:00Z"), Ask.At("2026-10-25T00:30:00Z"),
            Ask.At("2026-04-23T22:00:00Z"), Ask.At("2026-11-01T04:30:00Z"), Ask.At("2024-12-31T23:59:59Z")));

    private static readonly Gen<string> Text = Gen.OneOf("Anna", "anna", "A", "na", "Łódź", "7", "7.0", "12", "true", "a \\\" b");

    private static readonly Gen<string> Number = Gen.OneOf(Gen.Int[-2, 15].Select(n => $"{n}"), Gen.OneOf("7.0", "7.5", "1e1", "1234567890123456789012"));

    public static Gen<Case> Any { get; } =
        from now in Time
        from settings in Gen.Select(Gen.OneOf(Zones), Gen.OneOf(DayOfWeek.Monday, DayOfWeek.Sunday), (zone, start) => new FilterSettings(zone, start))
        from names in Gen.OneOf([.. NaiveEvaluator.FieldNames]).Array[1, 3]
        from filter in FilterOver(now, [.. names.Distinct()])
        from document in DocumentWith(now, [.. names.Distinct()])
        select new Case(filter, document, now, settings);

    private static Gen<string> Date(DateTimeOffset now)
    {
        var near = Gen.Int[-40, 40].Select(Gen.OneOf(Gen.Const(0L), Gen.Long[-86_400, 86_400]), (days, seconds) => now.AddDays(days).AddSeconds(seconds));
        return Gen.OneOf(
            near.Select(date => $"{date:yyyy-MM-dd}"),
            near.Select(date => $"{date:yyyy-MM-ddTHH:mm:ss.fff}Z"),
            near.Select(date => $"{date.ToOffset(TimeSpan.FromHours(5)):yyyy-MM-ddTHH:mm:sszzz}"),
            Gen.Select(near, Gen.Int[1950, 2010], (date, year) => $"{year}-{date:MM}-{Math.Min(date.Day, 28):00}"),
            Gen.OneOf("1992-02-29", "2024-02-29T10:00:00Z", "1990-01-01", "1990-12-31"));
    }

    private static Gen<string> Value(string kind, DateTimeOffset now)
    {
        var text = Text.Select(t => $"\"{t}\"");
        var date = Date(now).Select(d => $"\"{d}\"");
        var nothing = Gen.OneOf("null", "\"\"", "{}", "[]");
        var any = Gen.OneOf(text, Number, date, date, Gen.OneOf("true", "false"), nothing);
        return kind switch
        {
            "text" => Gen.OneOf(text, text, text, any),
            "number" => Gen.OneOf(Number, Number, Number, Gen.OneOf("null", "0", "\"12\"", "\"x\"")),
            "date" or "birthday" => Gen.OneOf(date, date, date, date, date, any),
            _ => Gen.OneOf(any, any, any.Array[0, 3].Select(items => $"[{string.Join(',', items)}]")),
        };
    }

    private static Gen<string> DocumentWith(DateTimeOffset now, string[] names) =>
        Gen.Select(
            ListOf(names.Select(name => Value(NaiveEvaluator.KindOf(name), now))),
            Gen.Int[0, 9],
            (values, drop) => Nest([.. names.Zip(values).Where((_, at) => at != drop).Select(pair => (NaiveEvaluator.PathOf(pair.First), pair.Second))]));

    private static string Nest(List<(string[] Path, string Json)> places) =>
        "{\"object\":\"customer\",\"noise\":[{\"name\":1}]," + string.Join(',', places.GroupBy(place => place.Path[0]).Select(group =>
            $"\"{group.Key}\":" + (group.First().Path.Length == 1
                ? group.First().Json
                : Nest([.. group.Select(place => (place.Path[1..], place.Json))])))).TrimEnd(',') + (places.Count == 0 ? "\"x\":0}" : "}");

    private static Gen<string> FilterOver(DateTimeOffset now, string[] names) =>
        Gen.Select(
            ListOf(names.Select(name => Conditions(NaiveEvaluator.KindOf(name), now))),
            Gen.OneOf("and", "or"),
            (conditions, junction) => $"{{\"junction\":\"{junction}\"," + string.Join(',', names.Zip(conditions, (name, json) =>
                $"\"{name}\":{{\"conditions\":{json}}}")) + "}");

    private static Gen<string> Conditions(string kind, DateTimeOffset now) =>
        Condition(kind, now).Array[1, 2].Select(all => "{" + string.Join(',', all.DistinctBy(one => one.Name).Select(one => $"\"{one.Name}\":{one.Json}")) + "}");

    private static Gen<(string Name, string Json)> Condition(string kind, DateTimeOffset now)
    {
        var date = Date(now).Select(d => $"\"{d}\"");
        var text = Text.Select(t => $"\"{t}\"");
        var day = Gen.Int[0, 40].Select(n => n.ToString(CultureInfo.InvariantCulture));
        var presence = Pair(["$has_value", "$is_unknown"], Gen.OneOf("true", "false"));
        var texts = Pair(["$contains", "$not_contain", "$starts_with", "$ends_with"], Several(text));
        var orders = Pair(["$more_than", "$more_than_equal", "$less_than", "$less_than_equal"], kind is "date" or "birthday" ? day : Number);
        var dates = Gen.OneOf(
            Pair(["$after", "$before"], date),
            Pair(["$more_than_ago", "$less_than_ago", "$more_than_future", "$less_than_future"], day),
            Pair(["$is_days_ago", "$is_days_in_future"], Several(day)),
            Pair(["$is_years_ago"], Several(Gen.OneOf("0", "1", "30"))),
            Pair([.. Windows, "$last_year", "$this_year", "$next_year"], Gen.OneOf("true", "[true]")),
            Pair([.. Windows.Select(name => $"{name}_md")], Gen.Const("true")),
            Pair(["$is_days_ago_md", "$is_days_in_future_md", "$is_more_days_ago_md", "$is_less_days_ago_md",
                "$is_more_days_in_future_md", "$is_less_days_in_future_md"], Several(Gen.OneOf(day, Gen.Int[0, 365].Select(n => $"{n}")))),
            Pair(["$is_day"], Several(Gen.Int[0, 6].Select(n => $"{n}"))),
            Pair(["$is_day_of_month", "$is_month"], Several(Gen.Int[1, 12].Select(n => $"{n}"))),
            Pair(["$is_year"], Several(Gen.OneOf("2024", "2025", "1990"))));
        string[] equality = ["$is", "$in", "$is_not", "$not_in"];
        return kind switch
        {
            "text" => Gen.OneOf(presence, texts, Pair(equality, Several(Gen.OneOf(text, Number)))),
            "number" => Gen.OneOf(presence, orders, Pair(equality, Several(Number))),
            "any" => Gen.OneOf(
                presence, texts, orders, dates, dates, Pair(equality, Several(Gen.OneOf(text, Number, date, Gen.OneOf("true", "false")))),
                Pair(["$count"], Several(day)), Pair(["$count_less", "$count_more"], Gen.OneOf("0", "1", "2"))),
            _ => Gen.OneOf(presence, orders, dates, dates, dates, dates, Pair(equality, Several(date))),
        };
    }

    private static Gen<(string Name, string Json)> Pair(string[] names, Gen<string> json) => Gen.Select(Gen.OneOf(names), json, (name, value) => (name, value));

    private static Gen<string> Several(Gen<string> one) => Gen.OneOf(one, one.Array[1, 3].Select(items => $"[{string.Join(',', items)}]"));

    private static Gen<List<string>> ListOf(IEnumerable<Gen<string>> gens) =>
        gens.Aggregate(Gen.Const(new List<string>()), (all, one) => Gen.Select(all, one, (list, item) => new List<string>([.. list, item])));
}
