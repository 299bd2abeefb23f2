using System.Text;
using CsCheck;
using Marketing.Segments;
using Xunit;

namespace Marketing.Filters;

public sealed class FilterSetTests
{
    private static readonly FilterSet Three = new(
    [
        Ask.Parse(Ask.Filter("name", "$is", "\"Anna\"")),
        Ask.Parse("""{"name":{"conditions":{"$is":"Bob"}},"metadata.tags":{"conditions":{"$count":1}}}"""),
        Ask.Parse(Ask.Filter("created_at", "$today", "true")),
    ]);

    [Fact]
    public void The_filters_that_time_can_change_are_known() => Assert.Equal([2], Three.TimeDependent);

    [Theory]
    [InlineData("""{"name":"Anna"}""", """{"name":"Anna","email":"x"}""")]
    [InlineData("""{"name":"Anna"}""", """{"name":"Bob"}""", 0, 1)]
    [InlineData("""{"name":"Anna"}""", """{"name":"Ann\u0061"}""")]
    [InlineData("""{"name":"Anna"}""", "{}", 0, 1)]
    [InlineData("""{"metadata":{"tags":["a"]}}""", """{"metadata":{"tags":["a"]}}""")]
    [InlineData("""{"metadata":{"tags":["a"]}}""", """{"metadata":{"tags":["b"]}}""", 1)]
    [InlineData("""{"metadata":{"tags":["a"]}}""", """{"metadata":{"tags":["a",""]}}""", 1)]
    [InlineData("""{"metadata":{"tags":["a"]}}""", """{"metadata":{"tags":"a"}}""", 1)]
    [InlineData("""{"metadata":{"tags":[1]}}""", """{"metadata":{"tags":["1"]}}""", 1)]
    [InlineData("""{"name":null}""", """{"name":"x","created_at":"2026-05-13T00:00:00Z"}""", 0, 1, 2)]
    public void Only_filters_that_read_something_different_are_touched(string before, string after, params int[] touched)
    {
        List<int> filters = [99];
        Three.CollectTouched(Ask.Read(Three, before), Ask.Read(Three, after), filters);
        Assert.Equal(touched, filters);
    }

    [Fact]
    public void A_filter_that_is_not_touched_answers_the_same() => Case.Any.Array[2, 6].Sample(
        questions =>
        {
            var settings = questions[0].Settings;
            var set = new FilterSet([.. questions.Select(question => Ask.Parse(question.Filter, settings))]);
            var touched = new List<int>();
            var (before, after) = (Ask.Read(set, questions[0].Document), Ask.Read(set, questions[1].Document));
            set.CollectTouched(before, after, touched);
            foreach (var filter in Enumerable.Range(0, set.Count).Except(touched))
            {
                Assert.Equal(set.Matches(filter, before, questions[0].Now), set.Matches(filter, after, questions[0].Now));
                Assert.Equal(set.NextChange(filter, before, questions[0].Now), set.NextChange(filter, after, questions[0].Now));
            }
        },
        iter: 2_000);

    [Fact]
    public void A_buffer_forgets_the_document_before()
    {
        var values = Three.NewValues();
        Three.Read("""{"name":"Anna","metadata":{"tags":[1]},"created_at":"2026-05-13T00:00:00Z"}"""u8, values);
        Three.Read("{}"u8, values);
        var touched = new List<int>();
        Three.CollectTouched(values, Three.NewValues(), touched);
        Assert.Empty(touched);
    }

    [Fact]
    public void A_buffer_of_another_set_is_refused() =>
        Assert.Throws<ArgumentException>(() => Three.Read("{}"u8, new FilterSet([]).NewValues()));

    [Fact]
    public void A_repeated_property_counts_last_in_metadata_and_first_at_the_top()
    {
        Assert.True(Ask.Matches("metadata.a", "$is", "2", """{"metadata":{"a":1,"a":2}}"""));
        Assert.True(Ask.Matches("metadata.a.b", "$is_unknown", "true", """{"metadata":{"a":{"b":1},"a":{"c":1}}}"""));
        Assert.True(Ask.Matches("name", "$is", "\"x\"", """{"name":"x","name":"y"}"""));
        const string WithMissing = """{"name":{"conditions":{"$is":"x"}},"email":{"conditions":{"$is_unknown":true}}}""";
        Assert.True(Ask.Matches(WithMissing, """{"name":"x","name":"y"}"""));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"name\"")]
    [InlineData("17")]
    [InlineData("{}")]
    [InlineData("""{"name":[[["x"]]],"metadata":[1],"summary":"x","created_at":{"a":[{}]},"loyalty":null,"events":{"order.paid":7}}""")]
    [InlineData("""{"name":{"a":1},"metadata":{"tags":{"a":[1,{"b":[]}]}},"created_at":[null,[],{},"",true,1e999]}""")]
    [InlineData("""{"name":-1e999999999999,"metadata":{"tags":[1e-999999999999,0e99999999999]},"created_at":99999999999999999999999999999999}""")]
    [InlineData("""{"name":"\ud800","metadata":{"t\ud800gs":["\udc00\ud800","\ud83d\u0041"]},"created_at":"\u0032\u0030\u0032\u0036"}""")]
    [InlineData("""{"":"","\u0000":"\u0000","na\u006de":"x"}""")]
    public void A_strange_document_is_read_without_complaint(string document)
    {
        foreach (var field in NaiveEvaluator.FieldNames.Append("metadata.tags"))
        {
            SegmentFilters.Subject.TryResolve(field, out var known, out _);
            foreach (var operation in FilterOperators.Names.Where(name => FilterOperators.Find(name, known!, out _) is not null))
            {
                var value = operation is not ("$has_value" or "$is_unknown") && known!.Kind is FieldKind.Number ? "7" : Ask.SomeValueFor(operation);
                value = operation is "$is" or "$in" or "$is_not" or "$not_in" && known!.Kind is FieldKind.Date ? "\"2026-05-13\"" : value;
                var set = new FilterSet([Ask.Parse(Ask.Filter(field, operation, value))]);
                var values = Ask.Read(set, document);
                set.Matches(0, values, Ask.Noon);
                Assert.Null(set.NextChange(0, values, Ask.Noon));
            }
        }
    }

    [Fact]
    public void A_document_may_be_deep_and_wide()
    {
        var deep = "{\"metadata\":{\"other\":" + new string('[', 5_000) + new string(']', 5_000)
            + ",\"tags\":[" + new string('[', 500) + new string(']', 500) + "]}}";
        Assert.True(Ask.Matches("metadata.tags", "$count", "1", deep));
        var wide = "{\"metadata\":{\"tags\":[\"" + new string('x', 100_000) + "\"" + string.Concat(Enumerable.Repeat(",\"y\"", 10_000)) + "]}}";
        Assert.True(Ask.Matches("metadata.tags", "$count", "10001", wide));
        Assert.True(Ask.Matches("metadata.tags", "$ends_with", "\"xy\"", wide.Replace("x\"", "xy\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Many_names_that_look_alike_are_told_apart()
    {
        var names = Enumerable.Range(0, 300).Select(i => $"prefix__{i:0000}__suffix__").ToList();
        var set = new FilterSet([.. names.Select((name, i) => Ask.Parse(Ask.Filter($"metadata.{name}", "$is", $"{i}")))]);
        var document = "{\"metadata\":{" + string.Join(',', names.Select((name, i) => $"\"{name}\":{i}")) + "}}";
        var values = set.NewValues();
        set.Read(Encoding.UTF8.GetBytes(document), values);
        Assert.All(Enumerable.Range(0, set.Count), filter => Assert.True(set.Matches(filter, values, Ask.Noon)));
    }

    [Fact]
    public void Threads_may_share_a_set_when_each_has_its_buffer()
    {
        var set = new FilterSet([Ask.Parse(Ask.Filter("created_at", "$today", "true"), Ask.In(Ask.Warsaw))]);
        Parallel.For(0, 2_000, i =>
        {
            var day = Ask.Noon.AddDays(i % 7);
            var values = Ask.Read(set, $$"""{"created_at":"{{day:yyyy-MM-dd}}T12:00:00Z"}""");
            Assert.True(set.Matches(0, values, day));
            Assert.False(set.Matches(0, values, day.AddDays(1)));
        });
    }

    [Fact]
    public void Reading_and_asking_allocates_nothing()
    {
        var values = Three.NewValues();
        Once();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Once();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Once()
        {
            Three.Read("""{"name":"Ann\u0061","metadata":{"tags":["a","b"]},"created_at":"2026-05-13T00:00:00Z"}"""u8, values);
            for (var filter = 0; filter < Three.Count; filter++)
            {
                Three.Matches(filter, values, Ask.Noon);
            }
        }
    }
}
