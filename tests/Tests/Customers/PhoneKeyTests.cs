using Xunit;

namespace Marketing.Customers;

public sealed class PhoneKeyTests
{
    [Theory]
    [InlineData("+48 (600) 123-456", "48600123456")]
    [InlineData("0048 600.123.456", "48600123456")]
    [InlineData("600/123", "600123")]
    [InlineData("112", "112")]
    [InlineData("12", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("Ann 600", null)]
    [InlineData("٣٤٥٦", null)]
    public void It_is_the_digits(string? phone, string? key) => Assert.Equal(key, PhoneKey.Of(phone));
}
