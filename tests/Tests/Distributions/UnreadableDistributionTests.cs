using System.Text;
using Marketing.Behaviour;
using Xunit;

namespace Marketing.Distributions;

/// <summary>A distribution whose stored document is not understood any more.</summary>
public sealed class UnreadableDistributionTests : IAsyncLifetime
{
    private const string Torn = """{"id":"dis""";

    private Engine _engine = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartAsync();
        _shop = await _engine.NewShopAsync();
        await _shop.GivenCustomerAsync("ann", "gold");
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Theory]
    [InlineData(Torn)]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"id":"dis","status":"live","draft":{"name":"x","type":"automatic","channels":[]}}""")]
    [InlineData("""{"id":"dis","status":"live","draft":{"name":"x","type":"automatic","trigger":{"type":"customer.custom_event"},"channels":null}}""")]
    public async Task Events_are_accepted_and_it_neither_starts_on_anything_nor_sends_and_all_others_do(string document)
    {
        var damaged = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { Delay = TimeSpan.FromSeconds(2) });
        var other = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { Delay = TimeSpan.FromSeconds(2) });
        await _shop.TrackAsync("ann", "visit");
        await DamageAsync(damaged, document);

        await _shop.TrackAsync("ann", "visit");
        Assert.Equal(["ann", "ann"], await _shop.ReceiversWhenSettledAsync(other, 2));
        var counts = await _shop.CountsAsync(damaged);
        Assert.Equal((1L, 1L), (counts.Audience, counts.Queued));
        Assert.Empty(_shop.ReceiversOf(damaged));

        foreach (var shown in (Distribution[])[await _shop.FindAsync(damaged), await _shop.ListedAsync(damaged)])
        {
            Assert.Equal((DistributionStatuses.Unreadable, "automatic"), (shown.Status, shown.Draft.Type));
            Assert.Contains("not understood", shown.StatusReason);
        }

        Assert.IsType<DistributionResult.Refused>(await _shop.Distribution(damaged).ActivateAsync());
        Assert.IsType<DistributionResult.Refused>(await _shop.Distribution(damaged).PauseAsync());
        Assert.IsType<DistributionResult.Refused>(await _shop.Distribution(damaged).ResumeAsync());
        Assert.Equal(1, _engine.Log.Count($"distribution {damaged} "));
    }

    [Fact]
    public async Task It_is_written_anew_and_goes_on_when_it_is_resumed()
    {
        var draft = _shop.OnEvent("visit") with { Delay = TimeSpan.FromSeconds(2) };
        var damaged = await _shop.GivenActiveAsync(draft);
        await _shop.TrackAsync("ann", "visit");
        await DamageAsync(damaged, Torn);

        Assert.Equal(DistributionStatuses.Paused, (await _shop.EditAsync(damaged, draft with { Delay = null })).Status);
        Assert.Equal(1, (await _shop.CountsAsync(damaged)).Queued);
        await _shop.ResumeAsync(damaged);
        await _shop.TrackAsync("ann", "visit");

        Assert.Equal(["ann", "ann"], await _shop.ReceiversWhenSettledAsync(damaged, 2));
        var found = await _shop.FindAsync(damaged);
        Assert.Equal((DistributionStatuses.Live, null), (found.Status, found.StatusReason));
    }

    [Fact]
    public async Task It_is_stopped_and_deleted()
    {
        var damaged = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { Delay = TimeSpan.FromHours(1) });
        await _shop.TrackAsync("ann", "visit");
        await DamageAsync(damaged, Torn);

        await _shop.StopAsync(damaged);
        var counts = await _shop.CountsAsync(damaged);
        Assert.Equal((0L, 1L), (counts.Queued, counts.Canceled));
        Assert.Equal(DistributionStatuses.Unreadable, await _shop.StatusAsync(damaged));
        Assert.IsType<DistributionResult.Refused>(await _shop.Distribution(damaged).EditAsync(_shop.OnEvent("visit")));
        Assert.IsType<DistributionResult.Done>(await _shop.Distribution(damaged).DeleteAsync());
        await _engine.EventuallyAsync(async () => await _shop.Distribution(damaged).FindAsync() is null);
        Assert.Empty(await _shop.ListedAsync());
    }

    [Fact]
    public async Task A_live_one_is_deleted_and_what_it_remembered_may_be_damaged_too()
    {
        var damaged = await _shop.GivenActiveAsync(_shop.OnEvent("visit"));
        await _shop.WriteRowAsync(damaged, row => row with { State = Encoding.UTF8.GetBytes("[") });
        await StartAgainAsync();
        Assert.Equal(DistributionStatuses.Unreadable, await _shop.StatusAsync(damaged));

        Assert.IsType<DistributionResult.Done>(await _shop.Distribution(damaged).DeleteAsync());
        await _shop.TrackAsync("ann", "visit");
        await _engine.EventuallyAsync(async () => await _shop.Distribution(damaged).FindAsync() is null);
        Assert.Empty(_shop.ReceiversOf(damaged));
    }

    [Fact]
    public async Task Once_it_is_understood_again_it_goes_on_where_it_was()
    {
        var damaged = await _shop.GivenActiveAsync(_shop.OnEvent("visit") with { Delay = TimeSpan.FromSeconds(1) });
        await _shop.TrackAsync("ann", "visit");
        var before = await _shop.WriteRowAsync(damaged, row => row with { Document = Encoding.UTF8.GetBytes(Torn) });
        await StartAgainAsync();
        Assert.Equal(DistributionStatuses.Unreadable, await _shop.StatusAsync(damaged));
        await _shop.WriteRowAsync(damaged, row => row with { Document = before.Document });
        await StartAgainAsync();

        await _shop.TrackAsync("ann", "visit");
        Assert.Equal(["ann", "ann"], await _shop.ReceiversWhenSettledAsync(damaged, 2));
        Assert.Equal(DistributionStatuses.Live, await _shop.StatusAsync(damaged));
    }

    [Fact]
    public async Task The_segment_it_names_is_not_deleted_and_others_are()
    {
        var named = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        var other = await _shop.GivenSegmentAsync(FilterTexts.Plan("gold"));
        var damaged = await _shop.GivenActiveAsync(_shop.OnEntering(named));
        await _shop.WriteRowAsync(damaged, row => row with { Document = row.Document[..^10] });
        await StartAgainAsync();

        Assert.Equal(Marketing.Segments.SegmentDeletion.InUse, await _shop.DeleteSegmentAsync(named));
        Assert.Equal(Marketing.Segments.SegmentDeletion.Deleted, await _shop.DeleteSegmentAsync(other));
    }

    // As after an upgrade: the process starts with it.
    private async Task DamageAsync(string distribution, string document)
    {
        await _shop.WriteRowAsync(distribution, row => row with { Document = Encoding.UTF8.GetBytes(document) });
        await StartAgainAsync();
    }

    private async Task StartAgainAsync()
    {
        await _engine.StopAsync();
        await _engine.StartAgainAsync();
    }
}
