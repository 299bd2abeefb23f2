using Xunit;

namespace Marketing.Customers;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+48 501 234 567", null, "+48501234567")]
    [InlineData("501-234-567", "48", "+48501234567")]
    [InlineData("0048501234567", "48", "+48501234567")]
    [InlineData("(201) 555-0123", "1", "+12015550123")]
    [InlineData("07400 123456", "44", "+447400123456")]
    [InlineData("+44 7400 123456", "48", "+447400123456")]
    [InlineData("501234567", null, null)]
    [InlineData("12", "48", null)]
    [InlineData("ada@example.com", "48", null)]
    [InlineData("", "48", null)]
    [InlineData(null, "48", null)]
    [InlineData("501234567", "0", null)]
    public void A_number_is_dialled_with_its_country_or_that_of_the_project(string? text, string? dialCode, string? expected) =>
        Assert.Equal(expected, PhoneNumber.TryNormalize(text, dialCode, out var number) ? number : null);
}
