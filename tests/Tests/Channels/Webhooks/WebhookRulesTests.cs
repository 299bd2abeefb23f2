using Xunit;

namespace Marketing.Channels.Webhooks;

public sealed class WebhookRulesTests
{
    [Fact]
    public void A_complete_template_has_no_problems()
    {
        var template = Webhook.Template() with
        {
            Headers = new Dictionary<string, string> { ["authorization"] = "Bearer x", ["x-tenant-1"] = "" },
            Fields = ["customer", "order"],
        };
        Assert.Empty(Validate(template));
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Assert.Equal(["template"], Fields(null));
        Assert.Equal(["template.event_name", "template.target_url", "template.payload"], Fields(new ChannelTemplate { RawPayload = true }));
        Assert.Equal(["template.fields[1]"], Fields(Webhook.Template() with { Fields = ["order", "voucher"] }));
    }

    [Theory]
    [InlineData("X-Tenant", "x")]
    [InlineData("x_tenant", "x")]
    [InlineData("x tenant", "x")]
    [InlineData("", "x")]
    [InlineData("host", "x")]
    [InlineData("content-length", "1")]
    [InlineData("content-type", "text/plain")]
    [InlineData("transfer-encoding", "chunked")]
    [InlineData("connection", "close")]
    [InlineData("x-voucherify-signature", "x")]
    [InlineData("webhook-id", "x")]
    [InlineData("webhook-anything", "x")]
    [InlineData("x-a", "a\r\nhost: b")]
    [InlineData("x-a", "a\nb")]
    [InlineData("x-a", "a\0b")]
    [InlineData("x-a", "é")]
    [InlineData("x-a", null)]
    public void A_header_that_could_change_the_request_is_refused(string name, string? value)
    {
        var template = Webhook.Template() with { Headers = new Dictionary<string, string> { [name] = value! } };
        Assert.Equal([$"template.headers.{name}"], Fields(template));
    }

    [Theory]
    [InlineData("hooks.example.com/in")]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:secret@example.com/")]
    [InlineData("https://user@example.com/")]
    [InlineData("https://example.com:0/")]
    [InlineData("https://")]
    [InlineData("   ")]
    public void A_target_that_is_no_plain_web_address_is_refused(string url) =>
        Assert.Equal(["template.target_url"], Fields(Webhook.Template() with { TargetUrl = url }));

    [Theory]
    [InlineData("http://localhost/")]
    [InlineData("http://LOCALHOST.:8080/")]
    [InlineData("http://a.localhost/")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.0.0.1./")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0x7f.1/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://[fd00:ec2::254]/")]
    public void A_private_target_is_refused_unless_allowed(string url)
    {
        var template = Webhook.Template() with { TargetUrl = url };
        Assert.Equal(["template.target_url"], Fields(template));
        Assert.Empty(WebhookRules.Validate(template, Webhook.Scope, allowPrivateNetworks: true));
    }

    private static IEnumerable<FieldProblem> Validate(ChannelTemplate? template) =>
        WebhookRules.Validate(template, Webhook.Scope, allowPrivateNetworks: false);

    private static IEnumerable<string> Fields(ChannelTemplate? template) => Validate(template).Select(problem => problem.Field);
}
