using Marketing.Http;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Marketing.Ui;

/// <summary>How long the code of the first start is good.</summary>
public sealed class SignInTimeTests
{
    [Fact]
    public void A_code_is_good_for_an_hour_and_until_the_next()
    {
        var clock = new FakeTimeProvider();
        var codes = new SignInCode(clock);
        var first = codes.Issue("app");
        clock.Advance(TimeSpan.FromMinutes(59));
        var second = codes.Issue("app");
        Assert.Null(codes.Use(first));
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal("app", codes.Use(second));
        var third = codes.Issue("app");
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(codes.Use(third));
    }
}
