using System.Text.Json;
using CsCheck;
using Xunit;

namespace Marketing.Filters;

public sealed class AgreementTests
{
    [Fact]
    public void A_compiled_filter_agrees_with_the_plain_reading_of_it()
    {
        var matches = 0;
        Case.Any.Sample(
            question =>
            {
                using var filter = JsonDocument.Parse(question.Filter);
                using var document = JsonDocument.Parse(question.Document);
                var expected = new NaiveEvaluator(question.Settings).Matches(filter.RootElement, document.RootElement, question.Now);
                Interlocked.Add(ref matches, expected ? 1 : 0);
                Assert.Equal(expected, Ask.Matches(question.Filter, question.Document, question.Now, question.Settings));
            },
            iter: 20_000);

        // Agreement on "no" alone would prove little.
        Assert.InRange(matches, 4_000, 16_000);
    }

    [Fact]
    public void A_filter_answers_the_same_alone_and_in_company() => Case.Any.Array[2, 12].Sample(
        questions =>
        {
            var settings = questions[0].Settings;
            var set = new FilterSet([.. questions.Select(question => Ask.Parse(question.Filter, settings))]);
            var values = set.NewValues();
            foreach (var question in questions)
            {
                set.Read(System.Text.Encoding.UTF8.GetBytes(question.Document), values);
                for (var filter = 0; filter < set.Count; filter++)
                {
                    Assert.Equal(
                        Ask.Matches(questions[filter].Filter, question.Document, question.Now, settings), set.Matches(filter, values, question.Now));
                }
            }
        },
        iter: 500);
}
