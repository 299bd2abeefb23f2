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
    [InlineData("*.shop.example", "eu.shop.example")]
    [InlineData("shop.example", "http://shop.example")]
    [InlineData("https://shop.example:443", "https://shop.example")]
    [InlineData("https://SHOP.example", "https://shop.example")]
    [InlineData("http://localhost:3000", "http://localhost:3000")]
    [InlineData("*", "null")]
    [InlineData("*", "capacitor://localhost")]
    public void A_trusted_origin_passes(string domain, string origin) => Assert.True(ClientOrigins.Trusts(With(domain), origin));

    [Theory]
    [InlineData("shop.example", "")]
    [InlineData("shop.example", "null")]
    [InlineData("shop.example", "https://shop.example.evil.example")]
    [InlineData("shop.example", "https://evilshop.example")]
    [InlineData("*.shop.example", "https://shop.example")]
    [InlineData("*.shop.example", "https://evilshop.example")]
    [InlineData("https://shop.example", "http://shop.example")]
    [InlineData("http://shop.example", "https://shop.example")]
    [InlineData("https://shop.example", "https://shop.example:8443")]
    [InlineData("https://shop.example", "shop.example")]
    [InlineData("shop.example", "ftp://shop.example")]
    [InlineData("shop.example", "chrome-extension://shop.example")]
    [InlineData("shop.example", "capacitor://shop.example")]
    [InlineData("shop.example", "file://shop.example")]
    [InlineData("shop.example", "ws://shop.example")]
    [InlineData("*.shop.example", "moz-extension://eu.shop.example")]
    [InlineData("shop.example", "blob:https://shop.example")]
    [InlineData("shop.example", "javascript:shop.example")]
    [InlineData("shop.example", "https://evil.example@shop.example")]
    [InlineData("shop.example", "https://shop.example/path")]
    [InlineData("shop.example", "https:\\\\shop.example")]
    [InlineData("shop.example", "https://shop.example, https://evil.example")]
    [InlineData("null", "null")]
    [InlineData("file://", "file://")]
    [InlineData("capacitor://localhost", "capacitor://localhost")]
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
