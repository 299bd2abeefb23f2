using Marketing.Filters;
using Xunit;

namespace Marketing.FilterCatalogue;

public sealed class OperatorGuideTests
{
    [Fact]
    public void Every_operator_is_explained_once_for_each_kind_of_field_that_it_fits()
    {
        var kinds = Enum.GetValues<FieldKind>();
        var taken = FilterOperators.Names.SelectMany(name => kinds.Where(kind => FilterOperators.Find(name, new FilterField(["x"], kind), out _) is not null).Select(kind => (name, kind)));
        var explained = OperatorGuide.All.SelectMany(one => kinds.Where(kind => one.Kinds.HasFlag(kind)).Select(kind => (one.Name, kind)));
        Assert.Equal(taken.Order(), explained.Order());
        Assert.All(OperatorGuide.All, one => Assert.Matches(@"^[A-Z].+\.$", one.Sentence));
    }
}
