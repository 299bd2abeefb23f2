using Marketing.Http;
using Marketing.Projects;
using Xunit;

namespace Marketing.Api;

public sealed class ClientOriginsTests
{
    [Theory]
    [InlineData("*", "")]
    [InlineData("*", "https://anywhere.example")]
    [InlineData("shop.example", "https://shop.example")]
    [InlineData("shop.example", "https://SHOP.example:8443")]
    [InlineData("shop.example", "shop.example")]
    [InlineData("https://shop.example", "https://shop.example")]
    [InlineData("https://shop.example/", "https://shop.example")]
    [InlineData("*.shop.example", "https://eu.shop.example")]
    public void A_trusted_origin_passes(string domain, string origin) => Assert.True(ClientOrigins.Trusts(With(domain), origin));

    [Theory]
    [InlineData("shop.example", "")]
    [InlineData("shop.example", "null")]
    [InlineData("shop.example", "https://shop.example.evil.example")]
    [InlineData("shop.example", "https://evilshop.example")]
    [InlineData("*.shop.example", "https://shop.example")]
    [InlineData("*.shop.example", "https://evilshop.example")]
    [InlineData("https://shop.example", "http://shop.example")]
    public void Any_other_does_not(string domain, string origin) => Assert.False(ClientOrigins.Trusts(With(domain), origin));

    [Fact]
    public void A_project_without_domains_trusts_nobody() => Assert.False(ClientOrigins.Trusts(With(), "https://shop.example"));

    private static Project With(params string[] domains) => new()
    {
        Number = 1,
        Id = "proj_1",
        Settings = new ProjectSettings { Name = "p", ClientTrustedDomains = domains },
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
