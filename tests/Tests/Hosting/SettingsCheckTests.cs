using System.Text.RegularExpressions;
using Marketing.Distributions;
using Marketing.Http;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Marketing.Hosting;

public sealed partial class SettingsCheckTests
{
    [Theory]
    [InlineData("Distributions:ManualDelay", "soon", "Distributions:ManualDelay is 'soon', but must be a length of time such as 00:10:00.")]
    [InlineData("Distributions:Lanes", "many", "Distributions:Lanes is 'many', but must be a whole number.")]
    [InlineData("Distributions:Lanes", "", "Distributions:Lanes is empty, but must be a whole number.")]
    [InlineData("Distributions:Silo:Port", "70000", "Distributions:Silo:Port is '70000', but must be a port from 0 to 65535.")]
    [InlineData("Distributions:Discard:Enabled", "on", "Distributions:Discard:Enabled is 'on', but must be true or false.")]
    [InlineData("Distributions:Email:Security", "ssl", "Distributions:Email:Security is 'ssl', but must be one of Auto, None, StartTls, Tls.")]
    [InlineData("Distributions:Webhooks:Retries:1", "later", "Distributions:Webhooks:Retries:1 is 'later', but must be a length of time such as 00:10:00.")]
    [InlineData("Distributions:Email:RetryDelays:0", "1h", "Distributions:Email:RetryDelays:0 is '1h', but must be a length of time such as 00:10:00.")]
    public void A_value_of_the_wrong_kind_is_refused_with_its_key(string key, string value, string reason)
    {
        var refused = Assert.Throws<SettingsRefusedException>(() => SettingsCheck.RequireReadable(Configuration((key, value))));
        Assert.Equal(reason, refused.Message);
        Assert.Equal(reason, StartFailure.Explain(refused));
    }

    [Fact]
    public void All_wrong_values_are_told_at_once()
    {
        var refused = Assert.Throws<SettingsRefusedException>(() => SettingsCheck.RequireReadable(
            Configuration(("Distributions:ManualDelay", "soon"), ("Distributions:Lanes", "x"))));
        Assert.Contains("Distributions:ManualDelay", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Distributions:Lanes", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://me:hunter2@db/shop")]
    [InlineData("Host=db;Pasword=hunter2")]
    [InlineData("Host=db;Port=hunter2")]
    [InlineData("hunter2")]
    public void A_connection_string_that_is_none_is_refused_and_not_repeated(string text)
    {
        var refused = Assert.Throws<SettingsRefusedException>(() => SettingsCheck.RequireReadable(Configuration(("ConnectionStrings:Postgres", text))));
        Assert.StartsWith("ConnectionStrings:Postgres cannot be read", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Distributions:Lane", "Distributions:Lanes")]
    [InlineData("Distributions:Emial:Host", "Distributions:Email:Host")]
    [InlineData("Distributions:Email:Passwort", "Distributions:Email:Password")]
    [InlineData("Distributions:Email:RetryDelays", "Distributions:Email:RetryDelays:0")]
    [InlineData("Distributions:Umbrella", null)]
    [InlineData("Distribution:Lanes", "Distributions", "Distribution")]
    [InlineData("ConnectionStrings:Postgresql", "ConnectionStrings:Postgres")]
    [InlineData("ConnectionString:Postgres", "ConnectionStrings", "ConnectionString")]
    public void A_key_that_nothing_reads_is_told(string key, string? meant, string? told = null) =>
        Assert.Equal([(told ?? key, meant)], SettingsCheck.Unread(Configuration((key, "1"))));

    [Theory]
    [InlineData("Distributions:Lanes")]
    [InlineData("distributions:LANES")]
    [InlineData("Distributions:Webhooks:Retries:11")]
    [InlineData("ConnectionStrings:Postgres")]
    [InlineData("ConnectionStrings:Reports")]
    [InlineData("Logging:LogLevel:Default")]
    [InlineData("PATH")]
    public void Other_keys_are_nobodys_business(string key) => Assert.Empty(SettingsCheck.Unread(Configuration((key, "1"))));

    [Fact]
    public void The_README_names_settings_that_there_are()
    {
        var named = File.ReadLines(Repository.File("README.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(KeysOf).ToList();
        Assert.Contains("Distributions:Email:RetryDelays:1", named);
        Assert.Contains("Distributions:Silo:GatewayPort", named);
        Assert.Empty(SettingsCheck.Unread(Configuration([.. named.Select(key => (key, "1"))])));
    }

    [Fact]
    public void Settings_of_the_api_are_known_to_silos_too()
    {
        var keys = typeof(RateLimitOptions).GetProperties().Select(property => (Key: $"{RateLimitOptions.Section}:{property.Name}", property.PropertyType))
            .Concat(typeof(ActivityStreamOptions).GetProperties().Select(property => (Key: $"{ActivityStreamOptions.Section}:{property.Name}", property.PropertyType)));
        Assert.All(keys, setting => Assert.Equal(setting.PropertyType, KnownSettings.TypeOf(setting.Key)));
    }

    private static IEnumerable<string> KeysOf(string line)
    {
        var section = "";
        foreach (var name in Code().Matches(line.Split(" | ")[0]).Select(match => match.Groups[1].Value))
        {
            var key = name.StartsWith(':') ? section + name : name;
            section = key[..Math.Max(0, key.LastIndexOf(':'))];
            yield return key;
        }
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value))).Build();

    [GeneratedRegex("`([A-Za-z0-9_:]+)`")]
    private static partial Regex Code();
}
