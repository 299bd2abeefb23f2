using Marketing.Http;
using Xunit;

namespace Marketing.Api;

public sealed class IdsTests
{
    [Fact]
    public void The_same_key_gives_the_same_id_in_one_project_only()
    {
        Assert.Equal(Ids.Derived("seg_", 1, "k"), Ids.Derived("seg_", 1, "k"));
        Assert.NotEqual(Ids.Derived("seg_", 1, "k"), Ids.Derived("seg_", 2, "k"));
        Assert.NotEqual(Ids.Derived("seg_", 1, "k")[4..], Ids.Derived("distr_", 1, "k")[6..]);
        Assert.True(Ids.CanBe("seg_", Ids.Derived("seg_", 1, "k")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("cust_abc")]
    [InlineData("seg_a/b")]
    [InlineData("seg_ü")]
    [InlineData("seg_a b")]
    public void What_cannot_be_an_id_reaches_no_grain(string id) => Assert.False(Ids.CanBe("seg_", id));

    [Fact]
    public void A_long_id_reaches_no_grain() => Assert.False(Ids.CanBe("seg_", "seg_" + new string('a', 61)));

    [Fact]
    public void A_reference_is_taken_as_it_is()
    {
        Assert.Equal("shop%2f42", Ids.Reference("shop%2f42"));
        Assert.Null(Ids.Reference(new string('a', 1_001)));
    }
}
