using Marketing.Behaviour;
using Marketing.OAuth;
using Marketing.Storage;
using Microsoft.Extensions.Options;
using Xunit;

namespace Marketing.Retention;

/// <summary>What is forgotten because time passes.</summary>
public sealed class RetentionTests
{
    private const string Section = "Distributions:Retention:";

    [Fact]
    public async Task Keys_are_forgotten_after_thirty_days_and_nothing_else_is()
    {
        await using var engine = await Engine.StartInTimeAsync();
        var shop = await engine.NewShopAsync();
        var visits = await SendOneAsync(shop);
        await shop.TryTrackAsync("ann", "other", Shop.Context("key", "print"));

        engine.Pass(TimeSpan.FromDays(29));
        await ForgetAsync(shop);
        Assert.NotNull(await KeyAsync(shop));
        engine.Pass(TimeSpan.FromDays(2));
        await engine.EventuallyAsync(async () => await KeyAsync(shop) is null);

        Assert.Single(await shop.MessagesAsync(visits));
        Assert.Contains(await shop.ActivityAsync("ann"), entry => entry.Type.StartsWith("customer.custom_event", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Messages_and_activity_are_forgotten_where_that_is_wanted_and_the_figures_stay()
    {
        await using var engine = await Engine.StartInTimeAsync((Section + "Messages", "2.00:00:00"), (Section + "Activity", "3.00:00:00"), (Section + "IdempotencyKeys", "90.00:00:00"));
        var shop = await engine.NewShopAsync();
        var visits = await SendOneAsync(shop);
        await shop.TryTrackAsync("ann", "other", Shop.Context("key", "print"));
        var counts = await shop.CountsAsync(visits);

        engine.Pass(TimeSpan.FromDays(4));
        await engine.EventuallyAsync(async () => (await shop.MessagesAsync(visits)).Count == 0 && (await shop.ActivityAsync("ann")).Count == 0);
        Assert.Equal(counts, await shop.CountsAsync(visits));
        Assert.NotNull(await KeyAsync(shop));
        Assert.Equal(1, (await shop.FindCustomerAsync("ann"))!.Events["visit"].Count);

        await shop.TrackAsync("ann", "visit");
        await shop.CountAsync(visits, figures => figures is { Audience: 2, Sent: 2 });
        Assert.Single(await shop.MessagesAsync(visits));
    }

    [Fact]
    public async Task What_has_expired_is_removed_and_not_counted_any_more()
    {
        await using var engine = await Engine.StartInTimeAsync();
        var shop = await engine.NewShopAsync();
        Assert.NotNull(await engine.Grains.OAuth(shop.Number).IssueAsync("one", [1], "app", "api"));
        Assert.Equal(1, (await TokensAsync(shop)).Total);
        engine.Pass(TimeSpan.FromHours(2));
        await engine.EventuallyAsync(async () => await TokensAsync(shop) is { Items.Count: 0, Total: 0 });
    }

    [Fact]
    public async Task Nothing_of_an_order_is_kept_under_its_key()
    {
        await using var engine = await Engine.StartAsync();
        var shop = await engine.NewShopAsync();
        var metadata = RawJson.Parse("""{"gift_for":"Ada"}""");
        await shop.TryOrderAsync("o1", new() { CustomerId = "ann", Metadata = metadata }, Shop.Context("of-a-customer", "f"));
        await shop.TryOrderAsync("o2", new() { Metadata = metadata }, Shop.Context("anonymous", "f"));
        foreach (var (key, order) in new[] { ("of-a-customer", "o1"), ("anonymous", "o2") })
        {
            var kept = await engine.Service<IOperationStore>().FindAsync(shop.Number, key);
            Assert.Equal($$"""{"id":"{{order}}"}""", System.Text.Encoding.UTF8.GetString(kept!.Result!));
        }
    }

    [Theory]
    [InlineData("IdempotencyKeys", "01:00:00")]
    [InlineData("Messages", "00:00:00")]
    [InlineData("Activity", "-3.00:00:00")]
    public async Task A_time_that_cannot_be_meant_keeps_the_process_from_starting(string key, string value)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => Engine.StartAsync((Section + key, value)));
        Assert.Contains(key, refused.Message, StringComparison.Ordinal);
    }

    private static async Task<string> SendOneAsync(Shop shop)
    {
        await shop.GivenCustomerAsync("ann");
        var visits = await shop.GivenActiveAsync(shop.OnEvent("visit"));
        await shop.TrackAsync("ann", "visit");
        Assert.Equal(1, (await shop.SettledAsync(visits, 1)).Sent);
        return visits;
    }

    private static Task<Page<OAuthTokenRow>> TokensAsync(Shop shop) =>
        shop.Engine.Service<ITableStore<OAuthTokenRow>>().ListAsync(shop.Number, new TableQuery(null, 10, 1), TestContext.Current.CancellationToken);

    private static Task<OperationWrite?> KeyAsync(Shop shop) => shop.Engine.Service<IOperationStore>().FindAsync(shop.Number, "key");

    // Whatever forgets has come round: another key, older than any may be, is gone.
    private static async Task ForgetAsync(Shop shop)
    {
        var committer = shop.Engine.Service<ICommitter>();
        await committer.CommitAsync(new Commit { Project = shop.Number, Operation = new OperationWrite("old", "f", null, shop.Engine.Now.AddDays(-31)) });
        shop.Engine.Pass(TimeSpan.FromHours(2));
        await shop.Engine.EventuallyAsync(async () => await shop.Engine.Service<IOperationStore>().FindAsync(shop.Number, "old") is null);
    }
}
