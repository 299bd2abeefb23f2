using Marketing.Templates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Marketing.Channels.Email;

public sealed class DraftTests
{
    private static readonly IChannel Channel = EmailHarness.Outbox("unused").Channels;

    [Fact]
    public void A_complete_email_has_no_problems() => Assert.Empty(Channel.Validate(EmailHarness.Welcome, TestScopes.Compose("customer")));

    [Fact]
    public void An_email_without_content_is_told_what_it_lacks()
    {
        Assert.Equal(["template.subject", "template.html"], Problems(null).Select(problem => problem.Field));
        Assert.Equal(["template.subject", "template.html"], Problems(new ChannelTemplate { Subject = " " }).Select(problem => problem.Field));
    }

    [Fact]
    public void A_problem_in_a_template_names_its_field_and_position()
    {
        var problem = Assert.Single(Problems(new ChannelTemplate { Subject = "Hi {{ customer.nmae }}", Text = "t" }));
        Assert.Equal(new FieldProblem("template.subject", "Line 1, column 7: 'customer' has no field 'nmae'. Did you mean 'name'?") { Code = "template", Line = 1, Column = 7 }, problem);
        Assert.Equal("template.html", Assert.Single(Problems(new ChannelTemplate { Subject = "s", Html = "{% if %}{% endif %}" })).Field);
    }

    [Theory]
    [InlineData("Shop\r\nBcc: spy@example.com", null, "template.from_name")]
    [InlineData(null, "not an address", "template.reply_to")]
    [InlineData(null, "a@b.example\r\nBcc: spy@example.com", "template.reply_to")]
    public void Unsound_names_and_reply_addresses_are_refused(string? fromName, string? replyTo, string field) =>
        Assert.Equal(field, Assert.Single(Problems(new ChannelTemplate { Subject = "s", Text = "t", FromName = fromName, ReplyTo = replyTo })).Field);

    [Theory]
    [InlineData(null, null, "no_address")]
    [InlineData("  ", null, "no_address")]
    [InlineData(" Ada@Example.COM ", "ada@example.com", null)]
    [InlineData("ada", null, "invalid_address")]
    [InlineData("@example.com", null, "invalid_address")]
    [InlineData("ada@", null, "invalid_address")]
    [InlineData("ada@exa mple.com", null, "invalid_address")]
    [InlineData("ada@example..com", null, "invalid_address")]
    [InlineData("ada@example.com\r\nBcc: spy@example.com", null, "invalid_address")]
    [InlineData("ada@example.com, spy@example.com", null, "invalid_address")]
    [InlineData("Ada <ada@example.com>", null, "invalid_address")]
    [InlineData("ada@b\u200b.example", null, "invalid_address")]
    [InlineData("a@@x.com", null, "invalid_address")]
    [InlineData("a@x.com; b@x.com", null, "invalid_address")]
    [InlineData("=?utf-8?q?spy=40evil.example=3e?=@example.com", null, "invalid_address")]
    [InlineData("ada\U000E0041@example.com", null, "invalid_address")]
    [InlineData("a%b@x.com", "a%b@x.com", null)]
    [InlineData("info@bücher.example", "info@xn--bcher-kva.example", null)]
    [InlineData("Info@BÜCHER.example", "info@xn--bcher-kva.example", null)]
    [InlineData("first.last+tag@localhost", "first.last+tag@localhost", null)]
    public void Reach_tells_who_has_an_address(string? email, string? address, string? reason) =>
        Assert.Equal(new Reachability(address, reason), Channel.Reach(new Recipient("c", System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { email }))));

    [Fact]
    public void Waits_grow_and_end()
    {
        Assert.Equal(
            [1, 5, 15, 60, 240, 720],
            Enumerable.Range(1, 6).Select(failed => (int)Channel.RetryDelay(failed)!.Value.TotalMinutes));
        Assert.Null(Channel.RetryDelay(7));
        Assert.False(Channel.PausesWhenExhausted);
    }

    [Theory]
    [InlineData("From", "nobody", "Distributions:Email:From")]
    [InlineData("Port", "0", "Distributions:Email:Port")]
    [InlineData("User", "me", "Distributions:Email:User and Password")]
    [InlineData("MaxConnections", "0", "Distributions:Email:MaxConnections")]
    [InlineData("Timeout", "00:00:00", "Distributions:Email:Timeout")]
    [InlineData("RetryDelays:0", "00:00:00", "Distributions:Email:RetryDelays")]
    [InlineData("DeferralLimit", "31.00:00:00", "Distributions:Email:DeferralLimit")]
    [InlineData("BreakerThreshold", "0", "Distributions:Email:BreakerThreshold")]
    [InlineData("BreakerMaxPause", "00:00:01", "Distributions:Email:BreakerFirstPause and BreakerMaxPause")]
    public void A_bad_setting_is_refused_by_its_name(string key, string value, string message)
    {
        var services = new ServiceCollection().AddLogging().AddEmailChannel(
            new ConfigurationBuilder().AddInMemoryCollection([new($"Distributions:Email:{key}", value)]).Build());
        using var provider = services.BuildServiceProvider();
        var problem = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<EmailOptions>>().Value);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<FieldProblem> Problems(ChannelTemplate? template) =>
        Channel.Validate(new ChannelDefinition { Type = "email", Template = template }, TestScopes.Compose("customer"));
}
