using System.Text.Json;
using Xunit;

namespace Marketing.MetadataSchemas;

/// <summary>What metadata of each type may be.</summary>
public sealed class MetadataSchemaTests
{
    [Theory]
    [InlineData("string", "", """ "x" "" """, """ 1 true {} [] ["x"] """)]
    [InlineData("number", "", """ 1 -1.5 1e300 0 """, """ "1" true {} [1] """)]
    [InlineData("boolean", "", """ true false """, """ "true" 1 0 """)]
    [InlineData("date", "", """ "2026-02-28" "2024-02-29" """, """ "2026-02-29" "28.02.2026" "2026-02-28T10:00:00Z" 20260228 "" """)]
    [InlineData("datetime", "", """ "2026-02-28T10:00:00Z" "2026-02-28T10:00" "2026-02-28T10:00:00.123+02:00" """, """ "2026-02-28" "2026-02-28T25:00:00Z" "now" 1 """)]
    [InlineData("image_url", "", """ "https://shop.example/a.png" "http://shop.example/a/b.JPG?size=1" "https://shop.example/a.jpeg" """, """ "http.com" "https://shop.example/a.gif" "ftp://shop.example/a.png" "/a.png" 1 """)]
    [InlineData("geopoint", "", """ "52.23,21.01" "-90,180" """, """ "91,0" "0,181" "52.23" "a,b" {"lat":1,"lng":2} """)]
    [InlineData("object", "", """ {} {"a":1} """, """ [] "x" 1 """)]
    [InlineData("string", "min_length:2,max_length:3", """ "ab" "abc" """, """ "a" "abcd" "" """)]
    [InlineData("string", "exact_length:2", """ "ab" """, """ "a" "abc" """)]
    [InlineData("string", "eq:a|B c", """ "a" "B c" """, """ "A" "b" "" """)]
    [InlineData("number", "lt:10,gt:5", """ 5.01 9.99 """, """ 5 10 -1e300 1e300 """)]
    [InlineData("number", "lte:10,gte:5", """ 5 10 5.0 """, """ 4.99 10.01 """)]
    [InlineData("number", "eq:1|2.50", """ 1 2.5 2.500 1.0 """, """ 2 0 """)]
    [InlineData("number", "ne:1|2.5", """ 2 1.01 """, """ 1 2.50 1.0 """)]
    public void A_value_is_what_its_type_and_its_rules_say(string type, string rules, string accepted, string refused)
    {
        var schema = Schema(Property("a", type, rules));
        Assert.All(Values(accepted), value => Assert.Empty(schema.Check(Given(value))));
        Assert.All(Values(refused), value => Assert.Equal("metadata.a", Assert.Single(schema.Check(Given(value))).Field));

        var list = Schema(Property("a", type, rules) with { Array = true });
        Assert.Empty(list.Check(Given($"[{string.Join(',', Values(accepted))}]")));
        Assert.Empty(list.Check(Given("[]")));
        Assert.All(Values(refused), value => Assert.Equal("metadata.a[1]", Assert.Single(list.Check(Given($"[{Values(accepted)[0]},{value}]"))).Field));
        Assert.All(Values(accepted).Where(value => value[0] != '['), value => Assert.Equal("metadata.a", Assert.Single(list.Check(Given(value))).Field));
    }

    [Theory]
    [InlineData("""{"a":null,"b":"x"}""", "")]
    [InlineData("""{"a":"x"}""", "b")]
    [InlineData("""{"b":null}""", "b")]
    [InlineData("""{}""", "b")]
    [InlineData("""{"b":1,"a":2,"c":3}""", "b a")]
    public void A_mandatory_value_is_missed_and_an_optional_one_may_be_null(string metadata, string wrong) => Assert.Equal(
        wrong, Wrong(Schema(Property("a", "string"), Property("b", "string") with { Optional = false }).Check(JsonElement.Parse(metadata))));

    [Fact]
    public void What_is_laid_over_is_checked_and_what_was_there_is_not()
    {
        var schema = Schema(Property("a", "number"), Property("b", "string") with { Optional = false });
        Assert.Empty(schema.Check(JsonElement.Parse("""{"a":1}"""), JsonElement.Parse("""{"a":1,"b":"x","c":0}""")));
        Assert.Empty(schema.Check(JsonElement.Parse("""{}"""), JsonElement.Parse("""{"a":"not a number","b":"x"}""")));
        Assert.Equal("b", Wrong(schema.Check(JsonElement.Parse("""{"b":null}"""), JsonElement.Parse("""{"a":1,"b":null}"""))));
    }

    [Fact]
    public void Keys_without_a_definition_are_refused_where_only_defined_ones_are_allowed()
    {
        SchemaProperty[] properties = [Property("a", "number"), Property("gone", "number") with { Deleted = true, Optional = false }];
        Assert.Empty(Schema(properties).Check(JsonElement.Parse("""{"b":1,"gone":"x"}""")));
        Assert.Equal("b gone", Wrong(Schema(true, properties).Check(JsonElement.Parse("""{"a":1,"b":1,"gone":1}"""))));
    }

    [Fact]
    public void Objects_are_as_their_own_schema_says()
    {
        var address = Schema(true, Property("city", "string") with { Optional = false }, Property("floors", "number", "gte:0") with { Array = true });
        var schema = new MetadataSchema(
            Definition(false, Property("home", "object") with { ObjectType = "address" }, Property("others", "object") with { ObjectType = "address", Array = true }, Property("any", "object") with { ObjectType = "gone" }),
            name => name == "address" ? address : null);
        Assert.Empty(schema.Check(JsonElement.Parse("""{"home":{"city":"Oslo","floors":[1,2]},"others":[{"city":"Rome"}],"any":{"x":1}}""")));
        Assert.Equal(
            "home.zip home.city others[0].floors[1] others[1].city others[2]",
            Wrong(schema.Check(JsonElement.Parse("""{"home":{"zip":1},"others":[{"city":"Rome","floors":[1,-1]},{},7]}"""))));
    }

    [Theory]
    [InlineData("""{"a":1}""", "must be a string, property is required, must have at most 5 characters, must be equal to one of x,y (actual value is '1')")]
    [InlineData("""{}""", "must be a string, property is required, must have at most 5 characters, must be equal to one of x,y")]
    public void A_refusal_says_all_that_is_asked_for(string metadata, string message) =>
        Assert.Equal(message, Assert.Single(Schema(Property("a", "string", "eq:x|y,max_length:5") with { Optional = false }).Check(JsonElement.Parse(metadata))).Message);

    [Fact]
    public void A_refusal_of_a_list_says_what_every_element_must_be() => Assert.Equal(
        "must be an array, and every element: must be a string, must be equal to one of L1,L2,L3 (actual value is 'L1')",
        Assert.Single(Schema(Property("a", "string", "eq:L1|L2|L3") with { Array = true }).Check(Given("\"L1\""))).Message);

    [Fact]
    public void Nonsense_is_not_answered_at_any_length()
    {
        var metadata = JsonElement.Parse($"{{{string.Join(',', Enumerable.Range(0, 1_000).Select(at => $"\"k{at}\":1"))}}}");
        Assert.Equal(MetadataSchema.MostProblems, Schema(true).Check(metadata).Count);
    }

    [Theory]
    [InlineData("string", false, "12", "\"12\"")]
    [InlineData("number", false, "12.50", "12.50")]
    [InlineData("number", false, "-1e2", "-100")]
    [InlineData("number", false, "12,5", "\"12,5\"")]
    [InlineData("number", false, "NaN", "\"NaN\"")]
    [InlineData("boolean", false, "TRUE", "true")]
    [InlineData("boolean", false, "null", "null")]
    [InlineData("boolean", false, "yes", "\"yes\"")]
    [InlineData("date", false, "2026-01-31", "\"2026-01-31\"")]
    [InlineData("number", true, "1, 2,3", "[1,2,3]")]
    [InlineData("string", true, "red", "[\"red\"]")]
    [InlineData("boolean", true, "true,x", "[true,\"x\"]")]
    [InlineData(null, false, "12", "\"12\"")]
    public void Cells_become_what_their_column_holds(string? type, bool array, string cell, string value)
    {
        var cells = new MetadataCells(type is null ? Schema() : Schema(Property("a", type) with { Array = array }));
        Assert.Equal($$"""{"a":{{value}}}""", cells.Read([("a", cell), ("b", "")])!.ToString());
        Assert.Null(cells.Read([("a", "")]));
    }

    internal static SchemaProperty Property(string key, string type, string rules = "")
    {
        var given = rules.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(rule => rule.Split(':')).ToDictionary(rule => rule[0], rule => rule[1]);
        int? Length(string name) => given.TryGetValue(name, out var text) ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;
        decimal? Number(string name) => given.TryGetValue(name, out var text) ? decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;
        string[] All(string name) => given.TryGetValue(name, out var text) ? text.Split('|') : [];
        decimal[] Numbers(string name) => [.. All(name).Select(text => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];
        return new SchemaProperty
        {
            Key = key,
            Type = type,
            MinLength = Length("min_length"),
            MaxLength = Length("max_length"),
            ExactLength = Length("exact_length"),
            Texts = type == "string" ? All("eq") : [],
            Numbers = type == "number" ? Numbers("eq") : [],
            NotNumbers = Numbers("ne"),
            LessThan = Number("lt"),
            AtMost = Number("lte"),
            GreaterThan = Number("gt"),
            AtLeast = Number("gte"),
        };
    }

    private static MetadataSchema Schema(params SchemaProperty[] properties) => Schema(false, properties);

    private static MetadataSchema Schema(bool definedOnly, params SchemaProperty[] properties) => new(Definition(definedOnly, properties), _ => null);

    private static SchemaDefinition Definition(bool definedOnly, params SchemaProperty[] properties) => new()
    {
        Id = "ms_1",
        Kind = SchemaKind.Metadata,
        Name = "customer",
        Properties = properties,
        AllowDefinedOnly = definedOnly,
        CreatedAt = default,
    };

    private static JsonElement Given(string value) => JsonElement.Parse($$"""{"a":{{value}}}""");

    private static string[] Values(string list) => list.Split(' ', StringSplitOptions.RemoveEmptyEntries) is var parts && list.Contains("\"B c\"", StringComparison.Ordinal)
        ? ["\"a\"", "\"B c\""]
        : parts;

    private static string Wrong(IReadOnlyList<FieldProblem> problems) => string.Join(' ', problems.Select(problem => problem.Field["metadata.".Length..]));
}
