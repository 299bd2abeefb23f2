using System.Text;
using Marketing.Segments;
using Xunit;

namespace Marketing.Filters;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("metadata.age", "$more_than", "[\"old\"]", "metadata.age.conditions.$more_than[0]")]
    [InlineData("metadata.age", "$more_than", "\"old\"", "metadata.age.conditions.$more_than")]
    [InlineData("metadata.age", "$more_than", "[1,2]", "metadata.age.conditions.$more_than")]
    [InlineData("metadata.age", "$more_than", "[]", "metadata.age.conditions.$more_than")]
    [InlineData("metadata.age", "$more_than", "1e99", "metadata.age.conditions.$more_than")]
    [InlineData("metadata.age", "$is", "[1,null]", "metadata.age.conditions.$is[1]")]
    [InlineData("metadata.age", "$is", "[1,{}]", "metadata.age.conditions.$is[1]")]
    [InlineData("name", "$is", "\"\"", "name.conditions.$is")]
    [InlineData("name", "$contains", "[\"a\",\"\"]", "name.conditions.$contains[1]")]
    [InlineData("name", "$has_value", "[true,true]", "name.conditions.$has_value")]
    [InlineData("name", "$has_value", "\"maybe\"", "name.conditions.$has_value")]
    [InlineData("created_at", "$after", "\"yesterday\"", "created_at.conditions.$after")]
    [InlineData("created_at", "$is", "[\"2026-01-01\",5]", "created_at.conditions.$is[1]")]
    [InlineData("created_at", "$today", "[false]", "created_at.conditions.$today")]
    [InlineData("created_at", "$more_than_ago", "[1.5]", "created_at.conditions.$more_than_ago[0]")]
    [InlineData("created_at", "$more_than_ago", "[-1]", "created_at.conditions.$more_than_ago[0]")]
    [InlineData("created_at", "$is_month", "[1,13]", "created_at.conditions.$is_month[1]")]
    [InlineData("created_at", "$is_day", "\"funday\"", "created_at.conditions.$is_day")]
    [InlineData("created_at", "$is_days_ago_md", "366", "created_at.conditions.$is_days_ago_md")]
    [InlineData("summary.orders.total_count", "$is", "\"many\"", "summary.orders.total_count.conditions.$is")]
    [InlineData("metadata.home", "$in_location", "\"52,21\"", "metadata.home.conditions.$in_location")]
    [InlineData("metadata.home", "$in_location", """[{"lat":1,"lng":2}]""", "metadata.home.conditions.$in_location[0]")]
    [InlineData("metadata.home", "$in_location", """[{"lat":91,"lng":2,"radius":1}]""", "metadata.home.conditions.$in_location[0].lat")]
    [InlineData("metadata.home", "$in_location", """{"lat":1,"lng":2,"radius":0}""", "metadata.home.conditions.$in_location.radius")]
    [InlineData("metadata.home", "$not_in_location", """{"points":[[1,2],[2,3]]}""", "metadata.home.conditions.$not_in_location.points")]
    [InlineData("metadata.home", "$in_location", """{"points":[[1,2],[2,3],[4]]}""", "metadata.home.conditions.$in_location.points[2]")]
    public void A_value_that_does_not_fit_is_refused_at_its_place(string field, string operation, string values, string place) =>
        Assert.Equal(place, Ask.Refusal(Ask.Filter(field, operation, values)).Path);

    [Theory]
    [InlineData("summary.orders.total_count", "$contains", "number")]
    [InlineData("summary.orders.total_count", "$more_than_ago", "number")]
    [InlineData("name", "$more_than_ago", "text")]
    [InlineData("name", "$more_than", "text")]
    [InlineData("name", "$count", "text")]
    [InlineData("created_at", "$starts_with", "date")]
    [InlineData("created_at", "$in_location", "date")]
    [InlineData("loyalty_tier.campaigns.Club", "$less_than", "text")]
    public void An_operator_that_does_not_fit_the_field_is_refused(string field, string operation, string word)
    {
        var refusal = Ask.Refusal(Ask.Filter(field, operation, "1"));
        Assert.Equal($"{field}.conditions.{operation}", refusal.Path);
        Assert.Contains($"is a {word}; it takes $", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain($"{operation},", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$active")]
    [InlineData("$failed")]
    [InlineData("$in_progress")]
    [InlineData("$expired")]
    [InlineData("$before_start")]
    [InlineData("$enabled")]
    [InlineData("$disabled")]
    [InlineData("$redeemed")]
    [InlineData("$redeemable")]
    public void Operators_of_vouchers_do_not_apply_to_customers(string operation) =>
        Assert.Contains("does not apply to customers", Ask.Refusal(Ask.Filter("metadata.x", operation, "true")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("nickname")]
    [InlineData("metadata")]
    [InlineData("metadata.")]
    [InlineData("metadata.a..b")]
    [InlineData("metadata.1.2.3.4.5.6.7.8.9.10")]
    [InlineData("address")]
    [InlineData("address.planet")]
    [InlineData("summary.orders.total_acount")]
    [InlineData("events.order")]
    [InlineData("events..count")]
    [InlineData("events.count")]
    [InlineData("loyalty.campaigns.points")]
    [InlineData("loyalty_points.points")]
    [InlineData("loyalty_points.campaigns.Club.loyalty_tier")]
    [InlineData("loyalty_tier.campaigns.")]
    [InlineData("publications.created_at")]
    [InlineData("Name")]
    [InlineData("")]
    public void A_field_nobody_knows_is_refused_by_name(string field) =>
        Assert.Equal(field, Ask.Refusal(Ask.Filter(field, "$has_value", "true")).Path);

    [Theory]
    [InlineData("""{"junction":"xor","name":{"conditions":{"$is":"x"}}}""", "junction")]
    [InlineData("""{"junction":1,"name":{"conditions":{"$is":"x"}}}""", "junction")]
    [InlineData("""{"junction":"or","junction":"or","name":{"conditions":{"$is":"x"}}}""", "junction")]
    [InlineData("""{"name":{"conditions":{"$is":"x"}},"name":{"conditions":{"$is":"y"}}}""", "name")]
    [InlineData("""{"birthdate":{"conditions":{"$today":true}},"birthday":{"conditions":{"$today":true}}}""", "birthday")]
    [InlineData("""{"name":{"conditions":{"$is":"x","$is":"y"}}}""", "name.conditions.$is")]
    [InlineData("""{"name":{"conditions":{"$equals":"x"}}}""", "name.conditions.$equals")]
    [InlineData("""{"name":{"conditions":{}}}""", "name")]
    [InlineData("""{"name":{}}""", "name")]
    [InlineData("""{"name":"x"}""", "name")]
    [InlineData("""{"name":{"$is":"x"}}""", "name.$is")]
    [InlineData("""{"name":{"conditions":[]}}""", "name.conditions")]
    [InlineData("""{"junction":"and"}""", "")]
    [InlineData("{}", "")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    [InlineData("", "")]
    [InlineData("""{"name":""", "")]
    [InlineData("""{"name":{"conditions":{"$is":"\ud800"}}}""", "")]
    [InlineData("""{"metadata.\ud800":{"conditions":{"$is":"x"}}}""", "")]
    [InlineData("""{"metadata.x":{"conditions":{"$is":[[[[[[[[[[1]]]]]]]]]]}}}""", "")]
    public void A_filter_of_the_wrong_shape_is_refused_with_the_place(string filter, string place)
    {
        var refusal = Ask.Refusal(filter);
        Assert.Equal(place, refusal.Path);
        Assert.NotEmpty(refusal.Message);
    }

    [Fact]
    public void All_mistakes_are_named_each_with_its_place()
    {
        var refusal = Ask.Refusal("""
            {"junction":"xor","nmae":{"conditions":{"$is":"x"}},"email":{"conditions":{"$sounds_like":"a","$is":"a"}},
             "metadata.age":{"conditions":{"$more_than":["old"],"$in":[1,null,2,{}]}},"summary.orders.total_count":{"conditions":{"$contains":"1"}},"phone":{}}
            """);
        Assert.Equal(
            [
                "junction", "nmae", "email.conditions.$sounds_like", "metadata.age.conditions.$more_than[0]", "metadata.age.conditions.$in[1]",
                "metadata.age.conditions.$in[3]", "summary.orders.total_count.conditions.$contains", "phone",
            ],
            refusal.Problems.Select(problem => problem.Path));
    }

    [Fact]
    public void No_more_than_ten_mistakes_are_named() => Assert.Equal(10, Ask.Refusal(
        "{" + string.Join(',', Enumerable.Range(0, 10_000).Select(number => $$$"""
            "x{{{number}}}":{"conditions":{"$is":1}}
            """)) + "}").Problems.Count);

    [Theory]
    [InlineData("nmae", "$is", "did you mean 'name'?")]
    [InlineData("summary.orders.total_acount", "$is", "did you mean 'summary.orders.total_amount'?")]
    [InlineData("planet", "$is", "there are id, name, email, source_id,")]
    [InlineData("events.order", "$is", "events.NAME.count")]
    [InlineData("metadata", "$is", "metadata.KEY")]
    [InlineData("email", "$contain", "did you mean '$contains'?")]
    [InlineData("email", "$sounds_like", "here it can be $is_unknown, $has_value, $is,")]
    [InlineData("created_at", "$more_then_ago", "did you mean '$more_than_ago'?")]
    public void What_is_allowed_there_is_said(string field, string operation, string hint) =>
        Assert.Contains(hint, Ask.Refusal(Ask.Filter(field, operation, "1")).Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        byte[] filter = [.. "{\"name\":{\"conditions\":{\"$is\":\""u8, 0xC3, 0x28, .. "\"}}}"u8];
        Assert.IsType<FilterParseResult.Malformed>(SegmentFilters.Parse(filter, FilterSettings.Default));
    }

    [Fact]
    public void Fifty_fields_two_hundred_values_and_a_thousand_characters_are_the_limits()
    {
        Ask.Parse(Fields(50));
        Assert.Equal("metadata.f50", Ask.Refusal(Fields(51)).Path);
        Ask.Parse(Ask.Filter("name", "$in", Values(200)));
        Assert.Equal("name.conditions.$in", Ask.Refusal(Ask.Filter("name", "$in", Values(201))).Path);
        Ask.Parse(Ask.Filter("name", "$is", $"\"{new string('x', 1_000)}\""));
        Assert.Equal("name.conditions.$is", Ask.Refusal(Ask.Filter("name", "$is", $"\"{new string('x', 1_001)}\"")).Path);
        Assert.StartsWith("metadata.x", Ask.Refusal(Ask.Filter($"metadata.{new string('x', 1_000)}", "$is", "1")).Path, StringComparison.Ordinal);

        static string Fields(int count) => "{" + string.Join(',', Enumerable.Range(0, count).Select(i => $$$"""
            "metadata.f{{{i}}}":{"conditions":{"$is":1}}
            """)) + "}";

        static string Values(int count) => "[" + string.Join(',', Enumerable.Range(0, count)) + "]";
    }

    [Fact]
    public void Any_bytes_at_all_get_an_answer()
    {
        // Every way of cutting and of spoiling one byte of a rich filter.
        var filter = Encoding.UTF8.GetBytes(
            """{"junction":"or","metadata.á":{"conditions":{"$in":["ą\u0105",1,true]}},"created_at":{"conditions":{"$is_day":["Sunday"]}}}""");
        for (var at = 0; at < filter.Length; at++)
        {
            Assert.IsType<FilterParseResult.Malformed>(SegmentFilters.Parse(filter.AsMemory(0, at), FilterSettings.Default));
            foreach (byte other in (byte[])[0, (byte)'"', (byte)'{', (byte)'\\', 0x80, 0xFF])
            {
                byte[] spoilt = [.. filter];
                spoilt[at] = other;
                Assert.NotNull(SegmentFilters.Parse(spoilt, FilterSettings.Default));
            }
        }
    }
}
